import type { TraceWarning } from '../../trace.ts';
import { integrate } from './differences.ts';
import { type CodedLead, decodeHuffman } from './huffman-decode.ts';
import type { HuffmanTables } from './huffman-table.ts';
import type { ScpLead } from './lead-definitions.ts';
import { type SectionCursor, scpInvalid } from './section-cursor.ts';

/** Encoders fill up to an even number of bytes; what lies behind that was meant to be more samples. */
const maxPadding = 3;

/** Sections 5 and 6: how the samples were scaled and coded, and the coded samples of each lead. */
export interface WaveData {
  /** Nanovolts per unit. */
  readonly multiplier: number;
  /** Microseconds between two samples. */
  readonly interval: number;
  readonly differences: number;
  readonly isBimodal: boolean;
  readonly leads: readonly CodedLead[];
}

/** Reads section 5 or 6 (EN 1064, 5.8 and 5.9); the leads are those of section 3. */
export function readWaveData(cursor: SectionCursor, leads: readonly ScpLead[], hasBimodal: boolean): WaveData {
  const start = cursor.at();
  const [multiplier, interval] = [cursor.u16('amplitude multiplier'), cursor.u16('sample interval')];
  const [differences, compression] = [cursor.u8('difference order'), cursor.u8('compression')];
  if (multiplier === 0) throw scpInvalid(cursor.where, 'nanovolts per unit above 0', '0', start);
  if (interval === 0) throw scpInvalid(cursor.where, 'microseconds between samples above 0', '0', start + 2);
  if (differences > 2) throw scpInvalid(cursor.where, 'differences of order 0, 1 or 2', String(differences), start + 4);
  if (hasBimodal && compression > 1) {
    throw scpInvalid(cursor.where, 'bimodal compression 0 or 1', String(compression), start + 5);
  }
  const lengths = leads.map(({ code }) => cursor.u16(`data length of ${code}`));
  const coded = leads.map(({ code }, index) => {
    const offset = cursor.at();
    return { where: `${cursor.where} ${code}`, offset, bytes: cursor.take(lengths[index] ?? 0, `data of ${code}`) };
  });
  return { multiplier, interval, differences, isBimodal: hasBimodal && compression === 1, leads: coded };
}

/**
 * The stored samples of one lead, differences summed. Throws ecg-invalid where there are fewer than `count`; what lies
 * behind them is a warning.
 */
export function decodeLead(
  lead: CodedLead,
  count: number,
  { differences }: WaveData,
  tables: HuffmanTables | undefined,
  warnings: TraceWarning[],
): Int32Array {
  const [values, used] = tables ? decodeHuffman(lead, count, tables) : readPlain(lead, count);
  const unused = lead.bytes.length - used;
  if (unused > maxPadding) {
    warnings.push({ code: 'length-wrong', where: lead.where, detail: `${unused} bytes behind the last sample` });
  }
  return integrate(values, differences, lead.where, lead.offset);
}

/** Samples without Huffman codes are 16-bit numbers, low byte first. */
function readPlain({ bytes, where, offset }: CodedLead, count: number): [Int32Array, number] {
  if (2 * count > bytes.length) throw scpInvalid(where, `${count} samples`, `${bytes.length} bytes`, offset);
  return [Int32Array.from({ length: count }, (_, index) => bytes.readInt16LE(2 * index)), 2 * count];
}
