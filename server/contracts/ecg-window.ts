import { z } from 'zod';
import { HubError } from './errors.ts';

/**
 * Samples on the wire, for `GET /ecg/traces/{id}/window` and `/overview`, as `application/octet-stream`:
 *
 *     offset 0   `LZE1`, four ASCII characters
 *     offset 4   length of the header in bytes, unsigned 32 bits, little endian; a multiple of 4
 *     offset 8   the header: JSON in UTF-8, filled up with spaces
 *     then       32-bit floats (IEEE 754, little endian), lead after lead in the order of `leads`, `valueCount` of each
 *
 * Values are microvolts, unfiltered; NaN where nothing was recorded.
 */
const magic = 0x31455a4c;
const largestHeader = 65_536;

const common = {
  recording: z.number().int().min(0),
  /** Hz */
  samplingFrequency: z.number().positive(),
  /** Milliseconds from the beginning of the recording to the first value. */
  fromMs: z.number(),
  /** Floats of each lead. */
  valueCount: z.number().int().min(0),
  leads: z.array(z.object({ code: z.string(), derived: z.boolean() })).max(64),
};
/** One value for each sample. */
export const WindowHeader = z.object({ kind: z.literal('window'), ...common });
/** Two values, lowest and highest, for each `samplesPerPair` samples. */
export const OverviewHeader = z.object({
  kind: z.literal('overview'),
  ...common,
  samplesPerPair: z.number().int().positive(),
});
export const SamplesHeader = z.discriminatedUnion('kind', [WindowHeader, OverviewHeader]);
export type WindowHeader = z.infer<typeof WindowHeader>;
export type OverviewHeader = z.infer<typeof OverviewHeader>;
export type SamplesHeader = z.infer<typeof SamplesHeader>;

/** Values that one answer may hold; a longer stretch is asked for in parts or as an overview. */
export const mostWindowValues = 8_000_000;

/** The bytes before the values. */
export function encodeHeader(header: SamplesHeader): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 4) * 4;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, length, true);
  bytes.set(text, 8);
  return bytes;
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The values of one lead as they go over the wire. */
export function encodeValues(values: Float32Array): Uint8Array {
  if (isLittleEndian) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setFloat32(index * 4, value, true);
  return new Uint8Array(view.buffer);
}

export interface DecodedSamples {
  header: SamplesHeader;
  /** By lead, as `header.leads`. */
  values: Float32Array[];
}

/** @throws HubError `malformed-request` where the bytes are not what is described above */
export function decodeSamples(bytes: ArrayBuffer): DecodedSamples {
  const view = new DataView(bytes);
  const length = bytes.byteLength >= 8 && view.getUint32(0, true) === magic ? view.getUint32(4, true) : 0;
  if (length === 0 || length % 4 !== 0 || length > largestHeader || 8 + length > bytes.byteLength) throw malformed();
  const header = SamplesHeader.parse(JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length))));
  const start = 8 + length;
  if (bytes.byteLength !== start + header.leads.length * header.valueCount * 4) throw malformed();
  const values = header.leads.map((_lead, index) =>
    decodeValues(bytes, start + index * header.valueCount * 4, header.valueCount),
  );
  return { header, values };
}

const malformed = () => new HubError('malformed-request', { expected: 'samples as contracts/ecg-window.ts has them' });

function decodeValues(bytes: ArrayBuffer, offset: number, count: number): Float32Array {
  if (isLittleEndian) return new Float32Array(bytes, offset, count);
  const view = new DataView(bytes, offset, count * 4);
  return Float32Array.from({ length: count }, (_, index) => view.getFloat32(index * 4, true));
}

/** `EcgTrace.overview`: one blob with all levels of all its long recordings, without headers. */
export const OverviewFile = z.object({
  blob: z.string(),
  levels: z.array(
    z.object({
      recording: z.number().int().min(0),
      samplesPerPair: z.number().int().positive(),
      /** Pairs of each lead. */
      pairCount: z.number().int().min(0),
      /** Bytes in the blob: lead after lead, pairs of 32-bit floats, little endian. */
      offset: z.number().int().min(0),
      length: z.number().int().min(0),
    }),
  ),
});
export type OverviewFile = z.infer<typeof OverviewFile>;
