import { expect, test } from 'vitest';
import { decodeLossless } from './decode-lossless.ts';
import { category, JpegWriter } from './writer-for-tests.ts';

const columns = 5;
const rows = 4;
const picture = Uint16Array.from(
  { length: columns * rows },
  (_, i) => (i * 9973 + 65_000 * (i % 3 === 0 ? 1 : 0)) % 65_536,
);

/** Encodes with the rules of T.81 annex H, written out once more so that the two can disagree. */
function encode(values: ArrayLike<number>, selection: number, precision: number, interval = 0): Uint8Array {
  const writer = new JpegWriter().plainHuffman();
  if (interval > 0) writer.segment(0xdd, [interval >> 8, interval & 0xff]);
  writer.frame(0xc3, precision, rows, columns, [[1, 0x11, 0]]).scan([1], selection, 0, 0);
  let origin = 0;
  for (let i = 0; i < values.length; i++) {
    if (interval > 0 && i > 0 && i % interval === 0) {
      writer.restart(((i / interval - 1) % 8) as number);
      origin = i;
    }
    const [a = 0, b = 0, c = 0] = [values[i - 1], values[i - columns], values[i - columns - 1]];
    const formulas = [
      0,
      a,
      b,
      c,
      a + b - c,
      a + Math.floor((b - c) / 2),
      b + Math.floor((a - c) / 2),
      Math.floor((a + b) / 2),
    ];
    const isFirstLine = i - origin < columns;
    const first = i === origin ? 2 ** (precision - 1) : a;
    const predicted = isFirstLine ? first : i % columns === 0 ? b : (formulas[selection] as number);
    const difference = (((values[i] as number) - predicted) << 16) >> 16;
    if (difference === -32_768) writer.symbol(16);
    else writer.symbol(category(difference)).signed(difference, category(difference));
  }
  return writer.end();
}

test.each([1, 2, 3, 4, 5, 6, 7])('predictor %i gives every pixel back', (selection) => {
  const { values, precision } = decodeLossless(encode(picture, selection, 16), 0);
  expect(precision).toBe(16);
  expect([...values]).toEqual([...picture]);
});

test('restart intervals of whole lines start the prediction anew', () => {
  expect([...decodeLossless(encode(picture, 4, 16, columns * 2), 0).values]).toEqual([...picture]);
});

test('a difference of half the range has no further bits', () => {
  const jump = Uint16Array.from({ length: columns * rows }, (_, i) => (i % 2 === 0 ? 0 : 32_768));
  expect([...decodeLossless(encode(jump, 1, 16), 0).values]).toEqual([...jump]);
});

test('a stream that lacks its last line is refused', () => {
  const whole = encode(picture, 1, 16);
  expect(() => decodeLossless(Uint8Array.from([...whole.slice(0, -14), 0xff, 0xd9]), 0)).toThrow(/truncated|damaged/);
});

test('the number of lines may come from elsewhere', () => {
  const eight = Uint8Array.from(picture, (value) => value & 0xff);
  const stream = encode(eight, 1, 8);
  const sof = stream.findIndex((byte, i) => byte === 0xff && stream[i + 1] === 0xc3);
  stream[sof + 5] = 0;
  stream[sof + 6] = 0;
  const { values } = decodeLossless(stream, rows);
  expect([...values]).toEqual([...eight]);
});
