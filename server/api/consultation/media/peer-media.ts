import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { WebRtcTransport } from 'mediasoup/types';
import { checked } from './checked.ts';
import type { Direction, PeerMedia, PeerMediaWords, Reach, RoomRouter, TransportAnswer } from './media-shapes.ts';
import { openReceiving } from './receiving.ts';
import { openSending } from './sending.ts';

/** Enough for a picture at once, little enough for a township's link: the estimate takes over within seconds. */
const firstBitrate = 600_000;
/** A camera, an examination camera and a screen together. */
const mostIncoming = 8_000_000;

/** One person's transports and streams on one router. Closing is idempotent and takes everything with it. */
export function openPeerMedia(at: RoomRouter, reach: Reach, log: Log, words: PeerMediaWords): PeerMedia {
  const transports = new Map<Direction, WebRtcTransport>();
  let bandwidth: { available: number; desired: number } | undefined;
  let isClosed = false;
  const receiving = openReceiving(at, reach, log, words);
  const sending = openSending(at, () => transports.get('send'));

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    at.router.off('workerclose', onWorkerClose);
    receiving.close();
    for (const transport of transports.values()) transport.close();
  }
  function onWorkerClose(): void {
    if (isClosed) return;
    close();
    words.lost();
  }
  at.router.once('workerclose', onWorkerClose);

  function transportOf(transportId: string): WebRtcTransport {
    const found = [...transports.values()].find(({ id }) => id === transportId);
    if (!found) throw new HubError('not-found', { field: 'transportId' });
    return found;
  }

  async function createTransport(direction: Direction): Promise<TransportAnswer> {
    const transport = await checked('direction', () =>
      at.router.createWebRtcTransport({
        webRtcServer: at.on.server,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: firstBitrate,
      }),
    );
    if (isClosed) transport.close();
    // Asked again, the old one is of no use to the browser any more.
    transports.get(direction)?.close();
    transports.set(direction, transport);
    if (direction === 'send') await checked('direction', () => transport.setMaxIncomingBitrate(mostIncoming));
    else {
      transport.on('trace', (trace) => {
        if (trace.type !== 'bwe') return;
        const { availableBitrate, desiredBitrate } = trace.info as Record<string, unknown>;
        bandwidth = { available: Number(availableBitrate), desired: Number(desiredBitrate) };
      });
      await checked('direction', () => transport.enableTraceEvent(['bwe']));
      receiving.receiveOn(transport);
    }
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }

  return {
    ...receiving,
    ...sending,
    at,
    createTransport,
    connectTransport: async (transportId, dtlsParameters) => {
      const transport = transportOf(transportId);
      await checked('dtlsParameters', () => transport.connect({ dtlsParameters }));
    },
    restartIce: async (transportId) => {
      const transport = transportOf(transportId);
      return checked('transportId', () => transport.restartIce());
    },
    available: () => (bandwidth && bandwidth.available < bandwidth.desired ? bandwidth.available : undefined),
    close,
  };
}
