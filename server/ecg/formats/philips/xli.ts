import { type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { expandLzw } from './lzw.ts';

const headerLength = 8;
/** Recorders may add calibration marks and such after the samples that they announce. */
const slack = 2;

const toInt16 = (value: number) => (value << 16) >> 16;

/** First all high bytes, then all low bytes. */
function join(bytes: Uint8Array): Int32Array {
  const half = bytes.length / 2;
  const out = new Int32Array(half);
  for (let i = 0; i < half; i += 1) out[i] = toInt16(((bytes[i] ?? 0) << 8) | (bytes[half + i] ?? 0));
  return out;
}

/**
 * Undoes the prediction in place. The first two numbers are samples; a later sample lies on the line through the two
 * before it less a correction, and the correction of the first of them is in the header, of all others, 64 added, one place earlier.
 * Samples have 16 bits: the sum is made with 32 and wraps where the recorder's does.
 */
function undoPrediction(words: Int32Array, first: number): Int32Array {
  let correction = first;
  for (let i = 2; i < words.length; i += 1) {
    const stored = words[i] ?? 0;
    words[i] = toInt16(2 * (words[i - 1] ?? 0) - (words[i - 2] ?? 0) - correction);
    correction = stored - 64;
  }
  return words;
}

/**
 * The chunks of XLI, one for each lead: a header of eight bytes (length, a number that is not used, the first correction;
 * little endian) and LZW data. Reads `leads` chunks and refuses fewer; more are leads that the recorder did not use.
 * Each gives at least `samples` samples, of which that many are kept. Layout as published by the Sierra ECG Tools project.
 */
export function readXli(source: XmlSource, data: Buffer, leads: number, samples: number, where: string): Int32Array[] {
  const out: Int32Array[] = [];
  let at = 0;
  for (let lead = 1; lead <= leads; lead += 1) {
    const place = `${where} chunk ${lead} at byte ${at}`;
    if (at + headerLength > data.length) throw xmlInvalid(source, place, `${leads} chunks of XLI`, `${lead - 1}`);
    const size = data.readInt32LE(at);
    const start = at + headerLength;
    if (size < 0 || size > data.length - start)
      throw xmlInvalid(source, place, `a length of at most ${data.length - start}`, `${size}`);
    const expanded = expandLzw(data.subarray(start, start + size), samples * 2 * slack);
    if ('wrongAt' in expanded)
      throw xmlInvalid(
        source,
        place,
        'codes of LZW for that many samples',
        `another at byte ${start + expanded.wrongAt}`,
      );
    const { length } = expanded.bytes;
    if (length % 2 !== 0 || length < samples * 2)
      throw xmlInvalid(source, place, `${samples} samples`, `${length / 2}`);
    out.push(undoPrediction(join(expanded.bytes), data.readInt16LE(at + 6)).slice(0, samples));
    at = start + size;
  }
  return out;
}
