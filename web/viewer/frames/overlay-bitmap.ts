import { unpackBits } from '../decode/native.ts';
import type { OverlaySource } from '../source/study-model.ts';

/** An overlay plane of PS3.3 C.9.2 as one byte a pixel, and where its first pixel lies in the image, from 0. */
export interface OverlayBitmap {
  readonly columns: number;
  readonly rows: number;
  readonly left: number;
  readonly top: number;
  readonly bits: Uint8Array;
}

/** An overlay from its packed bits, or null when there are fewer of them than its size needs. */
export function overlayBitmap(source: OverlaySource, bytes: Uint8Array): OverlayBitmap | null {
  const { rows, columns, origin } = source;
  const count = rows * columns;
  if (!Number.isInteger(count) || bytes.length < Math.ceil(count / 8)) return null;
  return { rows, columns, left: origin[1] - 1, top: origin[0] - 1, bits: unpackBits(bytes, count) };
}
