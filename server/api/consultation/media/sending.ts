import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Source } from '@lianzhen/contracts/room-signals.ts';
import type { Producer, WebRtcTransport } from 'mediasoup/types';
import { checked } from './checked.ts';
import type { RoomRouter, Sending, WantedProducer } from './media-shapes.ts';

/** Three layers of a camera, and one to spare. */
const mostEncodings = 4;
/** Sources are four; what is asked for beside them waits for those under way. */
const mostRequests = 8;

/** One person's producers: one for each source, and one for each request however often it comes. */
export function openSending(at: RoomRouter, transport: () => WebRtcTransport | undefined): Sending {
  const open = new Map<string, { producer: Producer; source: Source }>();
  /** By the browser's own id. */
  const requested = new Map<string, { source: Source; starts: Promise<Producer> }>();

  async function start({ transportId, source, kind, rtpParameters, requestId }: WantedProducer): Promise<Producer> {
    const on = transport();
    if (on?.id !== transportId) throw new HubError('not-found', { field: 'transportId' });
    const producer = await checked('rtpParameters', () =>
      // Many receivers ask for key frames at once; the sender makes one for all of them.
      on.produce({ kind, rtpParameters, keyFrameRequestDelay: 1000, appData: { source } }),
    );
    if (producer.closed) throw new HubError('wrong-state', { part: 'media' });
    open.set(producer.id, { producer, source });
    at.on.producers += 1;
    producer.observer.once('close', () => {
      at.on.producers -= 1;
      open.delete(producer.id);
      requested.delete(requestId);
    });
    if (kind === 'audio') await checked('kind', () => at.levels.addProducer({ producerId: producer.id }));
    return producer;
  }

  function find(producerId: string): Producer {
    const found = open.get(producerId);
    if (!found) throw new HubError('not-found', { field: 'producerId' });
    return found.producer;
  }

  return {
    produce: (wanted) => {
      const known = requested.get(wanted.requestId);
      if (known) return known.starts;
      if ((wanted.source === 'microphone') !== (wanted.kind === 'audio'))
        throw new HubError('bad-input', { fields: [{ field: 'kind', expected: 'audio of a microphone, else video' }] });
      if (requested.size >= mostRequests || [...requested.values()].some(({ source }) => source === wanted.source))
        throw new HubError('already-exists', { source: wanted.source });
      const { encodings } = wanted.rtpParameters;
      if (Array.isArray(encodings) && encodings.length > mostEncodings)
        throw new HubError('bad-input', {
          fields: [{ field: 'rtpParameters.encodings', expected: `at most ${mostEncodings}` }],
        });
      const starts = start(wanted);
      requested.set(wanted.requestId, { source: wanted.source, starts });
      starts.catch(() => requested.delete(wanted.requestId));
      return starts;
    },
    pauseProducer: async (producerId, isPaused) => {
      const producer = find(producerId);
      await checked('producerId', () => (isPaused ? producer.pause() : producer.resume()));
    },
    closeProducer: (producerId) => find(producerId).close(),
    producers: () => [...open.values()],
  };
}
