import { type JpegFrame, readFrame } from './frame.ts';
import { componentSamples } from './inverse-dct.ts';
import { JpegProblem } from './problem.ts';
import type { JpegSamples } from './samples.ts';
import { decodeScan } from './scan.ts';
import { segments } from './segments.ts';
import { newTables, readHuffman, readQuant, readRestartInterval } from './tables.ts';

/** A progressive stream has a scan per band and bit; one with hundreds is made to keep the decoder busy. */
const maxScans = 256;

/**
 * Decodes a Huffman-coded DCT stream of ITU-T T.81: baseline, extended and progressive, 8 or 12 bit, any sampling.
 * Components are returned as they are coded, without a colour transform, at full resolution, by pixel.
 * @param rowsElsewhere the header's Rows, for streams that leave the number of lines to a DNL marker.
 * @throws JpegProblem truncated, damaged-stream, unsupported-stream or too-large.
 */
export function decodeDct(data: Uint8Array, rowsElsewhere: number): JpegSamples {
  const quant: Uint16Array[] = [];
  const tables = newTables();
  let frame: JpegFrame | undefined;
  let scans = 0;
  const walk = segments(data);
  for (let step = walk.next(); !step.done; step = walk.next()) {
    const { marker, body, end } = step.value;
    if (marker === 0xdb) readQuant(body, quant);
    else if (marker === 0xc4) readHuffman(body, tables);
    else if (marker === 0xdd) tables.restartInterval = readRestartInterval(body);
    else if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) frame = readFrame(marker, body, rowsElsewhere);
    else if (marker === 0xda) {
      if (!frame) throw new JpegProblem('damaged-stream', { reason: 'JPEG: scan before frame' });
      if (++scans > maxScans) throw new JpegProblem('damaged-stream', { reason: `JPEG: more than ${maxScans} scans` });
      step.value.resume(decodeScan(frame, body, tables, data, end));
    }
  }
  if (!frame || scans === 0) throw new JpegProblem('truncated', { expected: 'SOF, SOS', found: data.length });
  return interleave(frame, quant);
}

/** Brings every component to the size of the frame by repetition and puts them side by side. */
function interleave(frame: JpegFrame, quant: readonly Uint16Array[]): JpegSamples {
  const { columns, rows, components, maxH, maxV, precision } = frame;
  const count = components.length;
  const values = precision === 8 ? new Uint8Array(columns * rows * count) : new Uint16Array(columns * rows * count);
  components.forEach((component, c) => {
    const table = quant[component.quantTable];
    if (!table) throw new JpegProblem('damaged-stream', { reason: 'JPEG: quantisation table missing' });
    const samples = componentSamples(frame, component, table);
    const width = component.storedWide * 8;
    for (let y = 0; y < rows; y++) {
      const line = Math.floor((y * component.v) / maxV) * width;
      for (let x = 0; x < columns; x++) {
        values[(y * columns + x) * count + c] = samples[line + Math.floor((x * component.h) / maxH)] as number;
      }
    }
  });
  return { columns, rows, components: count, values, isPlanar: false, isRgb: false, precision, isLossy: true };
}
