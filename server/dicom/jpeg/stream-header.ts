import { segments } from './segments.ts';

/** What the header of a JPEG stream says, read without decoding anything. */
export interface JpegHeader {
  /** Second byte of the start-of-frame marker: 0xc0 baseline .. 0xc3 lossless .. 0xf7 JPEG-LS. */
  readonly frameMarker: number;
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly componentIds: readonly number[];
  /** Transform flag of an Adobe APP14 segment: 0 none, 1 YCbCr, 2 YCCK. */
  readonly adobeTransform?: number;
  readonly hasJfif: boolean;
  /** Predictor (or spectral start) and point transform of the first scan, once there is one. */
  readonly scan?: { readonly components: number; readonly selection: number; readonly pointTransform: number };
}

const isFrame = (marker: number) =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc);

/** The header of a JPEG or JPEG-LS stream, or undefined when the bytes are something else. */
export function readJpegHeader(data: Uint8Array): JpegHeader | undefined {
  if (data[0] !== 0xff || data[1] !== 0xd8) return undefined;
  let header: JpegHeader | undefined;
  let adobeTransform: number | undefined;
  let hasJfif = false;
  for (const { marker, body } of segments(data)) {
    if (marker === 0xe0 && ascii(body, 4) === 'JFIF') hasJfif = true;
    if (marker === 0xee && ascii(body, 5) === 'Adobe') adobeTransform = body[11];
    if (isFrame(marker)) header = { frameMarker: marker, ...frameFields(body), hasJfif };
    if (marker === 0xda && header) {
      const components = body[0] ?? 0;
      const [selection = 0, , last = 0] = body.subarray(1 + 2 * components);
      return { ...header, adobeTransform, hasJfif, scan: { components, selection, pointTransform: last & 15 } };
    }
  }
  return header;
}

const ascii = (body: Uint8Array, length: number) => String.fromCharCode(...body.subarray(0, length));

function frameFields(body: Uint8Array): Pick<JpegHeader, 'precision' | 'rows' | 'columns' | 'componentIds'> {
  const [precision = 0, rowsHigh = 0, rowsLow = 0, columnsHigh = 0, columnsLow = 0, count = 0] = body;
  const componentIds = Array.from({ length: Math.min(count, 4) }, (_, i) => body[6 + 3 * i] ?? 0);
  return { precision, rows: (rowsHigh << 8) | rowsLow, columns: (columnsHigh << 8) | columnsLow, componentIds };
}
