import { EntropyReader } from './entropy-reader.ts';
import type { HuffmanTable } from './huffman.ts';
import { requireBounded } from './picture-size.ts';
import { JpegProblem } from './problem.ts';
import type { JpegSamples } from './samples.ts';
import { segments } from './segments.ts';
import { type JpegTables, newTables, readHuffman, readRestartInterval } from './tables.ts';

interface LosslessFrame {
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly ids: readonly number[];
  /** Samples by pixel. */
  readonly values: Uint8Array | Uint16Array;
}

/** How one scan predicts: selection value of table H.1 and point transform. */
interface Prediction {
  readonly selection: number;
  readonly pointTransform: number;
}

/**
 * Decodes a lossless Huffman-coded stream (ITU-T T.81 annex H): 2 to 16 bits, one to four components, interleaved or
 * not, every predictor, point transform and restart intervals.
 * @param rowsElsewhere the header's Rows, for streams that leave the number of lines to a DNL marker.
 * @throws JpegProblem truncated when samples are missing, damaged-stream, unsupported-stream, too-large.
 */
export function decodeLossless(data: Uint8Array, rowsElsewhere: number): JpegSamples {
  const tables = newTables();
  let frame: LosslessFrame | undefined;
  let decoded = 0;
  const walk = segments(data);
  for (let step = walk.next(); !step.done; step = walk.next()) {
    const { marker, body, end } = step.value;
    if (marker === 0xc4) readHuffman(body, tables);
    else if (marker === 0xdd) tables.restartInterval = readRestartInterval(body);
    else if (marker === 0xc3) frame = readFrame(body, rowsElsewhere);
    else if (marker === 0xda && frame) {
      decoded += body[0] ?? 0;
      step.value.resume(decodeScan(frame, body, tables, data, end));
    }
  }
  if (!frame || decoded < frame.ids.length) throw new JpegProblem('truncated', { expected: 'SOS', found: data.length });
  const { columns, rows, ids, values, precision } = frame;
  return { columns, rows, components: ids.length, values, isPlanar: false, isRgb: false, precision };
}

function readFrame(body: Uint8Array, rowsElsewhere: number): LosslessFrame {
  const [precision = 0, rowsHigh = 0, rowsLow = 0, columnsHigh = 0, columnsLow = 0, count = 0] = body;
  const rows = (rowsHigh << 8) | rowsLow || rowsElsewhere;
  const columns = (columnsHigh << 8) | columnsLow;
  if (precision < 2 || precision > 16 || count < 1 || count > 4 || body.length < 6 + 3 * count) {
    throw new JpegProblem('damaged-stream', { reason: `SOF3: ${count} x ${precision} bit` });
  }
  for (let i = 0; i < count; i++) {
    if (count > 1 && body[7 + 3 * i] !== 0x11)
      throw new JpegProblem('unsupported-stream', { what: 'JPEG lossless, subsampled' });
  }
  requireBounded(columns, rows);
  const size = columns * rows * count;
  const values = precision > 8 ? new Uint16Array(size) : new Uint8Array(size);
  return { precision, rows, columns, ids: Array.from({ length: count }, (_, i) => body[6 + 3 * i] as number), values };
}

function decodeScan(
  frame: LosslessFrame,
  header: Uint8Array,
  tables: JpegTables,
  data: Uint8Array,
  at: number,
): number {
  const count = header[0] ?? 0;
  if (count < 1 || header.length < 4 + 2 * count) throw new JpegProblem('damaged-stream', { reason: 'SOS: too short' });
  const selection = header[1 + 2 * count] as number;
  const pointTransform = (header[3 + 2 * count] as number) & 15;
  if (selection < 1 || selection > 7 || pointTransform >= frame.precision) {
    throw new JpegProblem('damaged-stream', { reason: `SOS: predictor ${selection}, shift ${pointTransform}` });
  }
  const parts = Array.from({ length: count }, (_, i) => {
    const place = frame.ids.indexOf(header[1 + 2 * i] as number);
    const table = tables.dc[(header[2 + 2 * i] as number) >> 4];
    if (place < 0 || !table) throw new JpegProblem('damaged-stream', { reason: 'SOS: component or table missing' });
    return { place, table };
  });
  const reader = new EntropyReader(data, at);
  decodeSamples(frame, { selection, pointTransform }, parts, tables.restartInterval, reader);
  return reader.position;
}

function decodeSamples(
  frame: LosslessFrame,
  prediction: Prediction,
  parts: readonly { readonly place: number; readonly table: HuffmanTable }[],
  interval: number,
  reader: EntropyReader,
): void {
  const { columns, values, ids } = frame;
  const count = ids.length;
  const line = columns * count;
  const first = 1 << (frame.precision - prediction.pointTransform - 1);
  /** The first pixel since the start or the last restart; its line is predicted from the left alone. */
  let origin = 0;
  for (let pixel = 0; pixel < columns * frame.rows; pixel++) {
    if (interval > 0 && pixel > 0 && pixel % interval === 0) {
      reader.restart();
      origin = pixel;
    }
    const isFirstLine = pixel < origin + columns;
    const isFirstColumn = pixel % columns === 0;
    for (const { place, table } of parts) {
      const at = pixel * count + place;
      const left = values[at - count] as number;
      const above = values[at - line] as number;
      let predicted: number;
      if (isFirstLine) predicted = pixel === origin ? first : left >> prediction.pointTransform;
      else if (isFirstColumn) predicted = above >> prediction.pointTransform;
      else predicted = predict(prediction, left, above, values[at - line - count] as number);
      values[at] = ((predicted + difference(reader, table)) & 0xffff) << prediction.pointTransform;
    }
  }
}

/** Table H.1: a is the sample to the left, b above, c above and to the left. */
function predict({ selection, pointTransform }: Prediction, left: number, above: number, corner: number): number {
  const a = left >> pointTransform;
  const b = above >> pointTransform;
  const c = corner >> pointTransform;
  switch (selection) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    default:
      return (a + b) >> 1;
  }
}

/** Category 16 stands for 32768 and has no further bits (T.81 H.1.2.2). */
function difference(reader: EntropyReader, table: HuffmanTable): number {
  const category = reader.decode(table);
  return category === 16 ? 32_768 : reader.receiveSigned(category);
}
