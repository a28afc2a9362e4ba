import type { Notice, Source } from '@lianzhen/contracts/room-signals.ts';
import { Device, type types } from 'mediasoup-client';
import { keepMended } from './mend-transport.ts';
import { newId } from './new-id.ts';
import { type Received, receivedBetween, sumReceived } from './receiving.ts';
import { RoomError } from './room-error.ts';
import type { Incoming, RoomState, RoomTicket } from './room-state.ts';
import { sendOptions } from './sending.ts';
import { openPauses } from './settle-pause.ts';
import type { SignalLink } from './signal-link.ts';

interface SessionOptions {
  link: SignalLink;
  iceServers: RoomTicket['iceServers'];
  routerRtpCapabilities: Record<string, unknown>;
  onIncoming: (incoming: readonly Incoming[]) => void;
  onState: (state: RoomState['media']) => void;
  /** Once: what was made with the room is of no use any more. */
  onBroken: () => void;
}

type Passed = Record<string, unknown>;
const passed = (value: unknown): Passed => value as Passed;
/** A question whose answer is short, and comes behind everything that was told before it. */
const barrier = 1_000_000_000;
const noLimits: Received = { packets: 0, lost: 0, bytes: 0, jitter: 0, roundTrip: 0, atMs: 0 };

/**
 * Everything of one stay in a room that has to do with media: two transports, what is sent, what comes in. It outlives a
 * lost socket where the room has kept its own side.
 */
export class MediaSession {
  readonly #options: SessionOptions;
  readonly #device: Promise<Device>;
  readonly #receiving: Promise<types.Transport>;
  #sending: Promise<types.Transport> | undefined;
  readonly #transports = new Map<types.Transport, () => void>();
  #link: SignalLink;
  /** Consumers that the room has not told of again since the socket was lost. */
  #untold = new Set<string>();
  readonly #producers = new Map<Source, types.Producer>();
  readonly #settlePause = openPauses();
  readonly #consumers = new Map<string, types.Consumer>();
  #incoming: readonly Incoming[] = [];
  #last: Received = noLimits;
  #isClosed = false;
  #isDoubtful = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#link = options.link;
    this.#device = this.#load();
    this.#receiving = this.#device.then((device) => this.#make(device, 'receive'));
    // Told by onBroken; whoever waits for the transport is told as well.
    this.#receiving.catch(() => this.#broken());
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether this stay may go on over another socket: not where it is unknown what the room has of what is sent. */
  get canGoOn(): boolean {
    return !this.#isClosed && !this.#isDoubtful;
  }

  /**
   * Goes on over another socket: ways that are gone are mended, and what the room does not tell of again is dropped. The
   * room tells of everything right behind its answer; what it answers next comes after all of that.
   */
  async adopt(link: SignalLink): Promise<void> {
    this.#link = link;
    this.#untold = new Set(this.#consumers.keys());
    for (const mend of this.#transports.values()) mend();
    await link.ask('missed', { afterSeq: barrier });
    for (const consumerId of this.#untold) this.drop(consumerId);
  }

  /** Makes what is sent from a source be this track: begun, changed over, or ended. Doing it twice does nothing. */
  async send(source: Source, track: MediaStreamTrack | undefined, isPaused: boolean): Promise<void> {
    const known = this.#producers.get(source);
    if (!track) {
      if (!known) return;
      this.#producers.delete(source);
      known.close();
      await this.#sure(this.#link.ask('closeProducer', { producerId: known.id }));
      return;
    }
    if (known && known.track !== track) await known.replaceTrack({ track });
    // Whoever is muted is not heard for the moment either that the room needs to learn it.
    if (!known) track.enabled = !isPaused;
    const producer = known ?? (await this.#sure(this.#produce(source, track)));
    await this.#settlePause(producer, isPaused, () =>
      this.#link.ask('pauseProducer', { producerId: producer.id, isPaused }),
    );
  }

  /** A stream of somebody else; it stands still until `play`. */
  async consume(notice: Notice<'newConsumer'>): Promise<void> {
    this.#untold.delete(notice.consumerId);
    const transport = await this.#receiving;
    if (this.#isClosed || this.#consumers.has(notice.consumerId)) return;
    const consumer = await transport.consume({
      id: notice.consumerId,
      producerId: notice.producerId,
      kind: notice.kind,
      rtpParameters: notice.rtpParameters as unknown as types.RtpParameters,
      // Voice and face of one person are kept in step; a second picture is not held back for them.
      streamId: notice.source === 'microphone' || notice.source === 'camera' ? notice.peerId : notice.consumerId,
    });
    this.#consumers.set(consumer.id, consumer);
    const { consumerId, peerId, source } = notice;
    const one: Incoming = {
      consumerId,
      peerId,
      source,
      track: consumer.track,
      isPaused: { sender: false, step: false },
    };
    this.#show([...this.#incoming.filter((each) => each.consumerId !== consumerId), one]);
  }

  drop(consumerId: string): void {
    this.#consumers.get(consumerId)?.close();
    this.#consumers.delete(consumerId);
    this.#show(this.#incoming.filter((each) => each.consumerId !== consumerId));
  }

  pause({ consumerId, isPaused, by }: Notice<'consumerPaused'>): void {
    this.#show(
      this.#incoming.map((each) =>
        each.consumerId === consumerId ? { ...each, isPaused: { ...each.isPaused, [by]: isPaused } } : each,
      ),
    );
  }

  /** What was received since the last look; undefined before anything can be. */
  async received(): Promise<ReturnType<typeof receivedBetween> | undefined> {
    const transport = [...this.#transports.keys()].find(({ direction }) => direction === 'recv');
    if (!transport || transport.closed) return undefined;
    const stats = await transport.getStats();
    const now = sumReceived(stats.values(), performance.now());
    const before = this.#last;
    this.#last = now;
    return receivedBetween(before, now);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const transport of this.#transports.keys()) transport.close();
    this.#options.onIncoming([]);
    this.#options.onState('none');
  }

  async #load(): Promise<Device> {
    const { routerRtpCapabilities } = this.#options;
    const device = await Device.factory();
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as types.RtpCapabilities });
    await this.#link.ask('capabilities', { rtpCapabilities: passed(device.recvRtpCapabilities) });
    return device;
  }

  async #make(device: Device, direction: 'send' | 'receive'): Promise<types.Transport> {
    const { iceServers } = this.#options;
    const made = await this.#link.ask('createTransport', { direction });
    const options = { ...made, iceServers } as unknown as types.TransportOptions;
    const transport = direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);
    if (this.#isClosed) transport.close();
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      this.#link
        .ask('connectTransport', { transportId: transport.id, dtlsParameters: passed(dtlsParameters) })
        .then(done, fail);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      const { source, requestId } = appData as { source: Source; requestId: string };
      this.#link
        .ask('produce', { requestId, transportId: transport.id, source, kind, rtpParameters: passed(rtpParameters) })
        .then(({ producerId }) => done({ id: producerId }), fail);
    });
    const mend = keepMended({
      transport,
      restart: async () =>
        (await this.#link.ask('restartIce', { transportId: transport.id }))
          .iceParameters as unknown as types.IceParameters,
      onState: () => this.#tell(),
      onBroken: () => this.#broken(),
    });
    this.#transports.set(transport, mend);
    return transport;
  }

  async #produce(source: Source, track: MediaStreamTrack): Promise<types.Producer> {
    const device = await this.#device;
    const sending = this.#sending ?? this.#make(device, 'send');
    this.#sending = sending;
    sending.catch(() => {
      // It is asked for again with the next try.
      if (this.#sending === sending) this.#sending = undefined;
    });
    const transport = await sending;
    const options = sendOptions(source, device.sendRtpCapabilities.codecs ?? [], navigator.hardwareConcurrency);
    const appData = { source, requestId: newId() };
    // The track belongs to the machine's devices: a session that ends leaves it running for the next one.
    const producer = await transport.produce({ track, ...options, stopTracks: false, appData });
    this.#producers.set(source, producer);
    return producer;
  }

  /** The room may have done what it could not answer any more, and takes one stream of each source: only all anew is sure. */
  async #sure<T>(doing: Promise<T>): Promise<T> {
    try {
      return await doing;
    } catch (cause) {
      if (cause instanceof RoomError && cause.code === 'no-answer') this.#isDoubtful = true;
      throw cause;
    }
  }

  #show(incoming: readonly Incoming[]): void {
    if (this.#isClosed) return;
    this.#incoming = incoming;
    this.#options.onIncoming(incoming);
  }

  #tell(): void {
    if (this.#isClosed) return;
    const states = [...this.#transports.keys()].map(({ connectionState }) => connectionState);
    const isMending = states.some((state) => state === 'disconnected' || state === 'failed');
    const isMade = states.every((state) => state === 'connected' || state === 'new');
    this.#options.onState(isMending ? 'mending' : isMade ? 'connected' : 'connecting');
  }

  #broken(): void {
    if (this.#isClosed) return;
    this.#options.onBroken();
  }
}
