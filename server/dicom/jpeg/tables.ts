import { zigzag } from './blocks.ts';
import { buildHuffman, type HuffmanTable } from './huffman.ts';
import { JpegProblem } from './problem.ts';

/** The Huffman tables and the restart interval in force; streams may change them between scans. */
export interface JpegTables {
  readonly dc: HuffmanTable[];
  readonly ac: HuffmanTable[];
  /** Minimum coded units between restart markers; 0 for none. */
  restartInterval: number;
}

export const newTables = (): JpegTables => ({ dc: [], ac: [], restartInterval: 0 });

/** DRI, T.81 B.2.4.4. */
export const readRestartInterval = (body: Uint8Array): number => ((body[0] ?? 0) << 8) | (body[1] ?? 0);

/** DQT, T.81 B.2.4.1, into tables in natural order. */
export function readQuant(body: Uint8Array, quant: Uint16Array[]): void {
  for (let at = 0; at < body.length; ) {
    const head = body[at++] as number;
    const isWide = head >> 4 === 1;
    if (at + (isWide ? 128 : 64) > body.length) throw new JpegProblem('damaged-stream', { reason: 'DQT: too short' });
    const values = new Uint16Array(64);
    for (let k = 0; k < 64; k++) {
      const value = isWide ? ((body[at++] as number) << 8) | (body[at++] as number) : (body[at++] as number);
      values[zigzag[k] as number] = value;
    }
    quant[head & 3] = values;
  }
}

/** DHT, T.81 B.2.4.2. */
export function readHuffman(body: Uint8Array, tables: JpegTables): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const head = body[at] as number;
    const counts = body.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    at += 17;
    if (total > 256 || at + total > body.length) throw new JpegProblem('damaged-stream', { reason: 'DHT: too short' });
    const table = buildHuffman(counts, body.subarray(at, at + total));
    (head >> 4 === 0 ? tables.dc : tables.ac)[head & 3] = table;
    at += total;
  }
}
