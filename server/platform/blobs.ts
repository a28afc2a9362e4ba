import type { Readable } from 'node:stream';

/** Where bytes lie and what they are. `place` is opaque outside this folder. */
export interface Blob {
  place: string;
  sha256: string;
  size: number;
}

/**
 * Bytes that never change. `write` resolves only when they are durable and re-readable; bytes of a failed or
 * abandoned write leave nothing behind that a reader could find.
 */
export interface BlobStore {
  /**
   * @param source whose pieces are its own again as soon as the next is asked for
   * @param options `group` names what is written together (a study): its small blobs may share a file and its syncs
   * @throws HubError `too-large` past `maxBytes`, `storage-full`, or what the source threw.
   */
  write(source: AsyncIterable<Uint8Array>, options: { maxBytes: number; group?: string }): Promise<Blob>;
  /** Bytes from `offset`, at most `length` of them. */
  read(place: string, offset?: number, length?: number): Promise<Buffer>;
  stream(place: string, offset?: number, length?: number): Readable;
  size(place: string): Promise<number>;
  /** For whoever has just written it and finds that nothing will refer to it: its room may be used again. */
  discard(place: string): Promise<void>;
  /** Takes a blob away. One that shares a file goes with that file. */
  remove(place: string): Promise<void>;
  close(): Promise<void>;
}
