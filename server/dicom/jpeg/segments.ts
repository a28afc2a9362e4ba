import { JpegProblem } from './problem.ts';

/** A marker segment of T.81 B.1.1.4. */
export interface Segment {
  /** The second byte of the marker: 0xda for SOS. */
  readonly marker: number;
  /** What follows the marker and its length. */
  readonly body: Uint8Array;
  /** Where the segment ends in the stream; after SOS the entropy-coded data begins here. */
  readonly end: number;
  /** Go on from here instead of from `end`. */
  readonly resume: (at: number) => void;
}

/** Walks the marker segments of a JPEG stream up to EOI or the end of the data. */
export function* segments(data: Uint8Array): Generator<Segment, void> {
  if (data[0] !== 0xff || data[1] !== 0xd8) throw new JpegProblem('damaged-stream', { reason: 'JPEG: no SOI' });
  let at = 2;
  const resume = (next: number) => {
    at = next;
  };
  while (at + 1 < data.length) {
    if (data[at] !== 0xff) {
      // Bytes between segments are not allowed, but some encoders leave a few behind a scan.
      at++;
      continue;
    }
    const marker = data[at + 1] as number;
    if (marker === 0xd9) return;
    if (marker === 0xff || marker === 0 || (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > data.length) throw new JpegProblem('truncated', { expected: end, found: data.length });
    const body = data.subarray(at + 4, end);
    at = end;
    yield { marker, body, end, resume };
  }
}
