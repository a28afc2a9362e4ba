import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReceivingStep, Source } from '@lianzhen/contracts/room-signals.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { Consumer, Producer, RtpCapabilities, WebRtcTransport } from 'mediasoup/types';
import { planFor, priorityOf } from './layers.ts';
import type { PeerMedia, PeerMediaWords, Reach, Receiving, RoomRouter } from './media-shapes.ts';
import { pulse } from './stills.ts';

export interface OwnReceiving extends Receiving {
  receiveOn(transport: WebRtcTransport): void;
  close(): void;
}

/** One stream to one person. */
interface Received {
  consumer: Consumer;
  from: PeerMedia;
  source: Source;
  tileWidth?: number;
  /** The browser has said that it can play it. */
  isWanted: boolean;
  isHeldByStep: boolean;
  /** What it is to be; raised with every change, so that a change overtaken by another one does nothing. */
  version: number;
  endStills?: () => void;
}

/** The consumers of one person, each as large as its tile and the step of the link allow. */
export function openReceiving(at: RoomRouter, reach: Reach, log: Log, words: PeerMediaWords): OwnReceiving {
  const received = new Map<string, Received>();
  /** By producer: asked for twice, it is one consumer. */
  const taken = new Set<string>();
  let capabilities: RtpCapabilities | undefined;
  let transport: WebRtcTransport | undefined;
  let step: ReceivingStep = 'full';

  function find(consumerId: string): Received {
    const found = received.get(consumerId);
    if (!found) throw new HubError('not-found', { field: 'consumerId' });
    return found;
  }

  function tell({ consumer, source, from }: Received): void {
    const { id, producerId, kind, rtpParameters } = consumer;
    const notice = { consumerId: id, producerId, source, kind, rtpParameters: { ...rtpParameters } };
    words.newConsumer(notice, from);
    if (consumer.producerPaused) words.consumerPaused({ consumerId: id, isPaused: true, by: 'sender' });
  }

  /** What a consumer cannot be made to do any more, it is not needed for: it is closed, and the browser told. */
  function apply(one: Received): void {
    one.version += 1;
    void applied(one, one.version).catch((err: unknown) => {
      if (one.consumer.closed) return;
      log.warn({ err, kind: one.consumer.kind }, 'a consumer could not be changed');
      forget(one);
    });
  }

  async function applied(one: Received, version: number): Promise<void> {
    const { consumer, source } = one;
    if (!one.isWanted || consumer.closed) return;
    if (consumer.kind === 'audio') return void (await consumer.resume());
    const plan = planFor(source, one.tileWidth, step);
    one.endStills?.();
    delete one.endStills;
    const isHeld = plan.kind === 'still' || (plan.kind === 'off' && plan.because === 'step');
    if (isHeld !== one.isHeldByStep) {
      one.isHeldByStep = isHeld;
      words.consumerPaused({ consumerId: consumer.id, isPaused: isHeld, by: 'step' });
    }
    if (plan.kind === 'off') return void (await consumer.pause());
    const spatialLayer = plan.kind === 'still' ? 0 : plan.spatialLayer;
    const temporalLayer = plan.kind === 'still' ? 0 : plan.temporalLayer;
    if (consumer.type !== 'simple') await consumer.setPreferredLayers({ spatialLayer, temporalLayer });
    if (one.version !== version || consumer.closed) return;
    if (plan.kind === 'moving') return void (await consumer.resume());
    one.endStills = pulse(consumer, (err) => {
      log.warn({ err, kind: consumer.kind }, 'a still could not be sent');
      forget(one);
    });
  }

  function forget(one: Received): void {
    one.endStills?.();
    one.consumer.close();
    closed(one);
  }
  function closed(one: Received): void {
    one.endStills?.();
    if (!received.delete(one.consumer.id)) return;
    taken.delete(one.consumer.producerId);
    at.on.consumers -= 1;
    words.consumerClosed({ consumerId: one.consumer.id });
  }

  async function consume(from: PeerMedia, producer: Producer): Promise<void> {
    if (!transport || !capabilities || taken.has(producer.id) || producer.closed) return;
    const on = transport;
    taken.add(producer.id);
    try {
      await reach(from.at, at, producer);
      // A browser without this codec shows nothing of it; everything else goes on.
      const isPlayable = at.router.canConsume({ producerId: producer.id, rtpCapabilities: capabilities });
      if (!isPlayable || producer.closed || on.closed) return void taken.delete(producer.id);
      const consumer = await on.consume({ producerId: producer.id, rtpCapabilities: capabilities, paused: true });
      const { source } = producer.appData as { source: Source };
      const one: Received = { consumer, from, source, isWanted: false, isHeldByStep: false, version: 0 };
      received.set(consumer.id, one);
      at.on.consumers += 1;
      consumer.once('producerclose', () => closed(one));
      consumer.once('transportclose', () => closed(one));
      consumer.on('producerpause', () =>
        words.consumerPaused({ consumerId: consumer.id, isPaused: true, by: 'sender' }),
      );
      consumer.on('producerresume', () =>
        words.consumerPaused({ consumerId: consumer.id, isPaused: false, by: 'sender' }),
      );
      if (consumer.kind === 'video') await consumer.setPriority(priorityOf(source));
      tell(one);
    } catch (cause) {
      taken.delete(producer.id);
      // Whoever left in the middle of it needs nothing any more.
      if (!producer.closed && !on.closed && !at.router.closed) throw cause;
    }
  }

  return {
    setCapabilities: (given) => {
      capabilities = given;
    },
    receiveOn: (given) => {
      transport = given;
    },
    consume,
    resumeConsumer: (consumerId) => {
      const one = find(consumerId);
      one.isWanted = true;
      apply(one);
    },
    setTile: (consumerId, width) => {
      const one = find(consumerId);
      if (one.tileWidth === width) return;
      one.tileWidth = width;
      if (one.consumer.kind === 'video') apply(one);
    },
    setStep: (wanted) => {
      if (step === wanted) return;
      step = wanted;
      for (const one of received.values()) if (one.consumer.kind === 'video') apply(one);
    },
    tellAgain: () => {
      for (const one of received.values()) tell(one);
    },
    close: () => {
      for (const one of received.values()) one.endStills?.();
      transport = undefined;
    },
  };
}
