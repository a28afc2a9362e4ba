import { type BlockDecoder, blockDecoder, type ScanState } from './blocks.ts';
import { EntropyReader } from './entropy-reader.ts';
import type { JpegComponent, JpegFrame } from './frame.ts';
import { JpegProblem } from './problem.ts';
import type { JpegTables } from './tables.ts';

interface ScanPart {
  readonly component: JpegComponent;
  readonly state: ScanState;
}

/**
 * Decodes one scan (T.81 B.2.3 and annexes F and G) into the coefficients of its components.
 * @param header the SOS segment without marker and length.
 * @param at where its entropy-coded data begins.
 * @returns where the next marker is.
 */
export function decodeScan(
  frame: JpegFrame,
  header: Uint8Array,
  tables: JpegTables,
  data: Uint8Array,
  at: number,
): number {
  const count = header[0] ?? 0;
  if (count < 1 || count > 4 || header.length < 4 + 2 * count) {
    throw new JpegProblem('damaged-stream', { reason: `SOS: ${count} components` });
  }
  const [start = 0, end = 63, approximation = 0] = header.subarray(1 + 2 * count);
  if (start > end || end > 63) throw new JpegProblem('damaged-stream', { reason: `SOS: spectrum ${start}..${end}` });
  const reader = new EntropyReader(data, at);
  const spectrum = { start, end, high: approximation >> 4, low: approximation & 15 };
  const parts = Array.from({ length: count }, (_, i): ScanPart => {
    const id = header[1 + 2 * i];
    const component = frame.components.find((candidate) => candidate.id === id);
    if (!component) throw new JpegProblem('damaged-stream', { reason: `SOS: component ${id}` });
    const selector = header[2 + 2 * i] as number;
    const dc = tables.dc[selector >> 4];
    const ac = tables.ac[selector & 15];
    return { component, state: { reader, spectrum, dc, ac, predictor: 0, endOfBand: 0 } };
  });
  const decode = blockDecoder(frame.isProgressive, spectrum);
  if (count === 1) decodeAlone(parts[0] as ScanPart, decode, tables.restartInterval, parts, reader);
  else decodeInterleaved(frame, parts, decode, tables.restartInterval, reader);
  return reader.position;
}

function decodeAlone(
  part: ScanPart,
  decode: BlockDecoder,
  interval: number,
  parts: ScanPart[],
  reader: EntropyReader,
): void {
  const { component, state } = part;
  const total = component.blocksWide * component.blocksHigh;
  for (let block = 0; block < total; block++) {
    if (interval > 0 && block > 0 && block % interval === 0) restart(parts, reader);
    const row = Math.floor(block / component.blocksWide);
    const column = block % component.blocksWide;
    decode(state, component.coefficients, (row * component.storedWide + column) * 64);
  }
}

function decodeInterleaved(
  frame: JpegFrame,
  parts: ScanPart[],
  decode: BlockDecoder,
  interval: number,
  reader: EntropyReader,
): void {
  const total = frame.mcusWide * frame.mcusHigh;
  for (let mcu = 0; mcu < total; mcu++) {
    if (interval > 0 && mcu > 0 && mcu % interval === 0) restart(parts, reader);
    const mcuRow = Math.floor(mcu / frame.mcusWide);
    const mcuColumn = mcu % frame.mcusWide;
    for (const { component, state } of parts) {
      for (let i = 0; i < component.h * component.v; i++) {
        const row = mcuRow * component.v + Math.floor(i / component.h);
        const column = mcuColumn * component.h + (i % component.h);
        decode(state, component.coefficients, (row * component.storedWide + column) * 64);
      }
    }
  }
}

function restart(parts: readonly ScanPart[], reader: EntropyReader): void {
  reader.restart();
  for (const { state } of parts) {
    state.predictor = 0;
    state.endOfBand = 0;
  }
}
