import type { EntropyReader } from './entropy-reader.ts';
import type { HuffmanTable } from './huffman.ts';
import { JpegProblem } from './problem.ts';

/** The band of coefficients a scan carries and how many low bits are still to come (T.81 G.1.1.1). */
export interface Spectrum {
  readonly start: number;
  readonly end: number;
  readonly high: number;
  readonly low: number;
}

/** What one component carries from block to block within a scan. */
export interface ScanState {
  readonly reader: EntropyReader;
  readonly spectrum: Spectrum;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
  predictor: number;
  /** Blocks that are still to be left without new coefficients (EOBRUN). */
  endOfBand: number;
}

export type BlockDecoder = (state: ScanState, out: Int16Array, at: number) => void;

/** Position in an 8 x 8 block of the k-th coefficient of the zig-zag sequence (T.81 figure A.6). */
export const zigzag = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

/** The procedure a scan of this kind needs for each block. */
export function blockDecoder(isProgressive: boolean, spectrum: Spectrum): BlockDecoder {
  if (!isProgressive) return sequentialBlock;
  if (spectrum.start === 0) return spectrum.high === 0 ? dcFirst : dcRefine;
  return spectrum.high === 0 ? acFirst : acRefine;
}

function need(table: HuffmanTable | undefined): HuffmanTable {
  if (!table) throw new JpegProblem('damaged-stream', { reason: 'SOS: Huffman table missing' });
  return table;
}

/** T.81 F.2.2: one difference, then runs of zeros and values up to the end of the block. */
function sequentialBlock(state: ScanState, out: Int16Array, at: number): void {
  const { reader } = state;
  state.predictor += reader.receiveSigned(reader.decode(need(state.dc)));
  out[at] = state.predictor;
  const ac = need(state.ac);
  for (let k = 1; k < 64; k++) {
    const symbol = reader.decode(ac);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size === 0) {
      if (run < 15) return;
      k += 15;
    } else {
      k += run;
      if (k > 63) throw new JpegProblem('damaged-stream', { reason: 'JPEG: run beyond the block' });
      out[at + (zigzag[k] as number)] = reader.receiveSigned(size);
    }
  }
}

/** T.81 G.1.2.1, first scan of the DC coefficients. */
function dcFirst(state: ScanState, out: Int16Array, at: number): void {
  state.predictor += state.reader.receiveSigned(state.reader.decode(need(state.dc)));
  out[at] = state.predictor << state.spectrum.low;
}

/** T.81 G.1.2.1, later scans of the DC coefficients: one more bit each. */
function dcRefine(state: ScanState, out: Int16Array, at: number): void {
  if (state.reader.bit() === 1) out[at] = (out[at] as number) | (1 << state.spectrum.low);
}

/** T.81 G.1.2.2, first scan of a band of AC coefficients. */
function acFirst(state: ScanState, out: Int16Array, at: number): void {
  if (state.endOfBand > 0) {
    state.endOfBand--;
    return;
  }
  const { reader, spectrum } = state;
  const ac = need(state.ac);
  for (let k = spectrum.start; k <= spectrum.end; k++) {
    const symbol = reader.decode(ac);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size === 0) {
      if (run < 15) {
        state.endOfBand = (1 << run) + reader.receive(run) - 1;
        return;
      }
      k += 15;
    } else {
      k += run;
      if (k > 63) throw new JpegProblem('damaged-stream', { reason: 'JPEG: run beyond the block' });
      out[at + (zigzag[k] as number)] = reader.receiveSigned(size) << spectrum.low;
    }
  }
}

/**
 * T.81 G.1.2.3, later scans of a band: a correction bit for each coefficient that is already known, and new ones of
 * magnitude one between them; a run counts only coefficients that are still zero.
 */
function acRefine(state: ScanState, out: Int16Array, at: number): void {
  const { reader, spectrum } = state;
  const one = 1 << spectrum.low;
  let k = spectrum.start;
  while (state.endOfBand === 0 && k <= spectrum.end) {
    const symbol = reader.decode(need(state.ac));
    let run = symbol >> 4;
    let fresh = 0;
    if ((symbol & 15) === 0) {
      if (run < 15) {
        state.endOfBand = (1 << run) + reader.receive(run);
        break;
      }
    } else {
      fresh = reader.bit() === 1 ? one : -one;
    }
    for (; k <= spectrum.end; k++) {
      const place = at + (zigzag[k] as number);
      if (out[place] !== 0) correct(reader, out, place, one);
      else if (run-- === 0) {
        if (fresh !== 0) out[place] = fresh;
        k++;
        break;
      }
    }
  }
  if (state.endOfBand === 0) return;
  for (; k <= spectrum.end; k++) {
    const place = at + (zigzag[k] as number);
    if (out[place] !== 0) correct(reader, out, place, one);
  }
  state.endOfBand--;
}

function correct(reader: EntropyReader, out: Int16Array, place: number, one: number): void {
  if (reader.bit() === 0) return;
  const value = out[place] as number;
  out[place] = value > 0 ? value + one : value - one;
}
