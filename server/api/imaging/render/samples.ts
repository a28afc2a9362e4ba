import { HubError } from '@lianzhen/contracts/errors.ts';

/** Samples as a decoder leaves them: before sign, window and colour model. */
export interface Samples {
  rows: number;
  columns: number;
  components: number;
  values: Uint8Array | Int8Array | Uint16Array | Int16Array;
  isPlanar: boolean;
  /** The decoder has undone the colour transform itself. */
  isRgb: boolean;
}

/** 40 megapixels: above the largest mammography detector; three bytes of each are 120 MB. */
const mostPixels = 40_000_000;

/** The frame cannot be drawn at all, whatever is wrong with it. @throws HubError */
export function unsupported(reason: string): never {
  throw new HubError('not-acceptable', { reason });
}
/** The frame should be drawable and is not. @throws HubError */
export function damaged(reason: string, cause?: unknown): never {
  throw new HubError('dicom-invalid', { reason }, { cause });
}

/** Refuses what would take too much memory, before it is taken. */
export function requireDrawable(rows: number, columns: number): void {
  if (!(rows > 0 && columns > 0)) damaged('Rows (0028,0010) or Columns (0028,0011) is missing');
  if (rows * columns > mostPixels) unsupported(`a picture of ${columns} x ${rows}: ${mostPixels} pixels at the most`);
}
