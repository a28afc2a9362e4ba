import { type ChunkRecord, encodeRecord, type RecordedTrack } from '@lianzhen/contracts/recording-chunk.ts';
import type { Source } from '@lianzhen/contracts/room-signals.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { Consumer, DirectTransport, Producer, Router } from 'mediasoup/types';
import { senderReportOf, sequenceOf } from './rtp-facts.ts';

/** Takes what is to be kept. Never slower than memory: it answers at once. */
export interface RecordSink {
  write(record: Uint8Array): void;
}
export interface TrackToRecord {
  router: Router;
  producer: Producer;
  source: Source;
  seatId: string;
  name: string;
}

/** A frame that lost a packet is no picture: another key frame is asked for, but not more often than this. */
const keyFrameEveryMs = 1000;
const mostTracks = 64;

/**
 * Copies every stream of a room into records: RTP as the room forwards it, the moment when it came, and the sender's own
 * reports, from which a worker later finds the common clock of picture and sound. Nothing is decoded here. The copy goes
 * over mediasoup's direct transport, so that it neither takes a port nor loses a packet.
 */
export class RoomRecorder {
  readonly #tracks = new Map<string, { number: number; described: RecordedTrack; close: () => void }>();
  #next = 0;
  #isClosed = false;
  private readonly sink: RecordSink;
  private readonly log: Log;

  constructor(sink: RecordSink, log: Log) {
    this.sink = sink;
    this.log = log;
  }

  /** Records one stream until it ends. One that is recorded already is left as it is. */
  add(track: TrackToRecord): void {
    const { producer } = track;
    if (this.#isClosed || producer.closed || this.#tracks.has(producer.id) || this.#tracks.size >= mostTracks) return;
    const number = this.#next++;
    const opened: { transport?: DirectTransport } = {};
    const entry = { number, described: describe(track), close: () => opened.transport?.close() };
    this.#tracks.set(producer.id, entry);
    this.#write({ kind: 'track', track: number, at: Date.now(), described: entry.described });
    const forget = () => this.#forget(producer.id);
    producer.observer.once('close', forget);
    this.#copy(track, number, opened).catch((err: unknown) => {
      // Its absence is heard and seen in the file; the others are recorded all the same.
      if (!producer.closed) this.log.warn({ err, kind: producer.kind }, 'a stream could not be recorded');
      forget();
    });
  }

  /** For the beginning of every chunk: which streams are open. */
  openTracks(): Uint8Array[] {
    const at = Date.now();
    return [...this.#tracks.values()].map(({ number, described }) =>
      encodeRecord({ kind: 'track', track: number, at, described }),
    );
  }

  close(): void {
    for (const id of [...this.#tracks.keys()]) this.#forget(id);
    this.#isClosed = true;
  }

  async #copy(track: TrackToRecord, number: number, opened: { transport?: DirectTransport }): Promise<void> {
    const { router, producer } = track;
    const transport = await router.createDirectTransport();
    opened.transport = transport;
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: withoutRepair(router),
      paused: false,
    });
    if (this.#isClosed || !this.#tracks.has(producer.id)) return transport.close();
    producer.on('trace', (trace) => {
      const report =
        trace.type === 'sr' && this.#tracks.get(producer.id)?.number === number && senderReportOf(trace.info);
      if (report) this.#write({ kind: 'report', track: number, at: Date.now(), report });
    });
    await producer.enableTraceEvent(['sr']);
    this.#listen(consumer, number);
  }

  #listen(consumer: Consumer, number: number): void {
    let last: number | undefined;
    let askedAt = 0;
    const askForPicture = () => {
      const now = Date.now();
      if (consumer.kind !== 'video' || now - askedAt < keyFrameEveryMs) return;
      askedAt = now;
      consumer.requestKeyFrame().catch(() => {
        // It closed meanwhile.
      });
    };
    consumer.on('rtp', (packet: Buffer) => {
      this.#write({ kind: 'packet', track: number, at: Date.now(), packet });
      const sequence = sequenceOf(packet);
      if (last !== undefined && ((sequence - last) & 0xffff) > 1 && ((sequence - last) & 0xffff) < 0x8000)
        askForPicture();
      last = sequence;
    });
    askForPicture();
  }

  #forget(producerId: string): void {
    const entry = this.#tracks.get(producerId);
    if (!entry) return;
    this.#tracks.delete(producerId);
    entry.close();
    this.#write({ kind: 'end', track: entry.number, at: Date.now() });
  }

  #write(record: ChunkRecord): void {
    if (!this.#isClosed) this.sink.write(encodeRecord(record));
  }
}

/** Packets that repair others would come as a stream of their own; what the room has repaired is in the stream. */
function withoutRepair(router: Router) {
  const { codecs = [], headerExtensions = [] } = router.rtpCapabilities;
  return { codecs: codecs.filter(({ mimeType }) => !/\/rtx$/i.test(mimeType)), headerExtensions };
}

function describe({ producer, source, seatId, name }: TrackToRecord): RecordedTrack {
  const [codec] = producer.consumableRtpParameters.codecs;
  return {
    id: producer.id,
    seatId,
    name,
    source,
    kind: producer.kind,
    mimeType: codec?.mimeType ?? '',
    clockRate: codec?.clockRate ?? 90_000,
    payloadType: codec?.payloadType ?? 0,
    sender: producer.rtpParameters.rtcp?.cname ?? producer.id,
  };
}
