import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedTrack } from '@lianzhen/contracts/recording-chunk.ts';
import type { Assembler, Frame } from './frame.ts';
import { matroskaFrame, matroskaHead } from './matroska.ts';
import { opusFrames, packetMs } from './opus-frames.ts';
import { type Packet, readTracks } from './recorded-track.ts';
import { Reorder } from './reorder.ts';
import { ClockFinder, type Clocks } from './track-clock.ts';
import { videoFrames } from './video-frames.ts';

export interface TrackFile {
  described: RecordedTrack;
  path: string;
  firstMs: number;
  lastMs: number;
}
type Chunks = () => AsyncIterable<Uint8Array>;

/** Written together: a system call for each packet would cost more than all the rest. */
const batchBytes = 1024 * 1024;

/**
 * Makes a file of each stream, with times from the beginning of the recording.
 * @param chunks read twice: for the clocks, then for the frames
 * @param originMs milliseconds since 1970 that are 0 in the files
 */
export async function writeTrackFiles(chunks: Chunks, originMs: number, folder: string): Promise<TrackFile[]> {
  const finder = new ClockFinder();
  for await (const event of readTracks(chunks())) finder.see(event);
  const clocks = finder.find();
  const writers = new Map<string, TrackWriter>();
  try {
    for await (const { described, packet } of readTracks(chunks())) {
      if (!packet) continue;
      const known = writers.get(described.id) ?? openWriter(described, join(folder, `track-${writers.size}.mkv`));
      if (!known) continue;
      writers.set(described.id, known);
      await known.push(packet, timeFrom(clocks, originMs));
    }
    const files: TrackFile[] = [];
    for (const writer of writers.values()) {
      const file = await writer.end();
      if (file) files.push(file);
    }
    return files;
  } finally {
    for (const writer of writers.values()) await writer.close();
  }
}

const timeFrom = (clocks: Clocks, originMs: number) => (id: string, timestamp: number) =>
  clocks.timeOf(id, timestamp) - originMs;

function openWriter(described: RecordedTrack, path: string): TrackWriter | undefined {
  const frames = described.kind === 'audio' ? opusFrames() : videoFrames(described.mimeType);
  return frames && new TrackWriter(described, path, frames);
}

class TrackWriter {
  readonly #order = new Reorder();
  #file: FileHandle | undefined;
  #batch: Buffer[] = [];
  #bytes = 0;
  #firstMs: number | undefined;
  #lastMs = 0;
  private readonly described: RecordedTrack;
  private readonly path: string;
  private readonly frames: Assembler;

  constructor(described: RecordedTrack, path: string, frames: Assembler) {
    this.described = described;
    this.path = path;
    this.frames = frames;
  }

  async push(packet: Packet, timeOf: (id: string, timestamp: number) => number): Promise<void> {
    // In the order of arrival, as the clock was found.
    const timeMs = timeOf(this.described.id, packet.timestamp);
    for (const placed of this.#order.push({ ...packet, timeMs }))
      for (const frame of this.frames.push(placed)) await this.#write(frame);
  }

  async end(): Promise<TrackFile | undefined> {
    for (const placed of this.#order.rest()) for (const frame of this.frames.push(placed)) await this.#write(frame);
    await this.#flush();
    await this.close();
    if (this.#firstMs === undefined) return undefined;
    return { described: this.described, path: this.path, firstMs: this.#firstMs, lastMs: this.#lastMs };
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #write(frame: Frame): Promise<void> {
    // Before the recording: a packet that waited on its way.
    if (frame.timeMs < 0) return;
    if (this.#firstMs === undefined) {
      this.#firstMs = frame.timeMs;
      this.#file = await open(this.path, 'w');
      this.#batch.push(matroskaHead(this.described.mimeType));
    }
    const length = this.described.kind === 'audio' ? packetMs(frame.bytes) : 0;
    this.#lastMs = Math.max(this.#lastMs, frame.timeMs + length);
    const block = matroskaFrame(frame);
    this.#batch.push(block);
    this.#bytes += block.length;
    if (this.#bytes >= batchBytes) await this.#flush();
  }

  async #flush(): Promise<void> {
    const batch = Buffer.concat(this.#batch);
    this.#batch = [];
    this.#bytes = 0;
    if (batch.length > 0) await this.#file?.appendFile(batch);
  }
}
