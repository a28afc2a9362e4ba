import { expect, test } from 'vitest';
import { decodeDct } from './decode-dct.ts';
import { category, JpegWriter } from './writer-for-tests.ts';

const grey = [[1, 0x11, 0]];

function header(marker: number, precision: number, rows: number, columns: number, components = grey): JpegWriter {
  return new JpegWriter().flatQuantisation().plainHuffman().frame(marker, precision, rows, columns, components);
}

/** One block with a DC difference and, at a place of the zig-zag order, one AC value. */
function block(writer: JpegWriter, difference: number, ac?: { at: number; value: number }): JpegWriter {
  writer.symbol(category(difference)).signed(difference, category(difference));
  if (ac) {
    const size = category(ac.value);
    writer.symbol(((ac.at - 1) << 4) | size).signed(ac.value, size);
  }
  return writer.symbol(0);
}

test('a flat block is its DC value over eight, shifted by half the range', () => {
  const stream = block(header(0xc1, 12, 8, 8).scan([1], 0, 63, 0), 800).end();
  const { values, precision, components } = decodeDct(stream, 0);
  expect({ precision, components, first: values[0], last: values[63] }).toEqual({
    precision: 12,
    components: 1,
    first: 2048 + 100,
    last: 2048 + 100,
  });
});

test('a horizontal wave follows the cosine of its frequency', () => {
  const stream = block(header(0xc0, 8, 8, 8).scan([1], 0, 63, 0), 0, { at: 1, value: 200 }).end();
  const { values } = decodeDct(stream, 0);
  const expected = Array.from({ length: 8 }, (_, x) =>
    Math.round(128 + (200 / 4) * Math.SQRT1_2 * Math.cos(((2 * x + 1) * Math.PI) / 16)),
  );
  expect([...values.slice(0, 8)]).toEqual(expected);
  expect([...values.slice(56)]).toEqual(expected);
});

test('samples are clamped to the range of their precision', () => {
  const stream = block(header(0xc1, 12, 8, 8).scan([1], 0, 63, 0), 32_000).end();
  expect(decodeDct(stream, 0).values[0]).toBe(4095);
});

test('the predictor runs from block to block and starts anew at a restart marker', () => {
  const writer = new JpegWriter()
    .flatQuantisation()
    .plainHuffman()
    .segment(0xdd, [0, 2])
    .frame(0xc0, 8, 8, 32, grey)
    .scan([1], 0, 63, 0);
  block(block(writer, 80), 80).restart(0);
  const { values } = decodeDct(block(block(writer, 80), 80).end(), 0);
  expect([0, 8, 16, 24].map((x) => values[x])).toEqual([138, 148, 138, 148]);
});

test('subsampled components are brought to the size of the frame', () => {
  const components = [
    [1, 0x21, 0],
    [2, 0x11, 0],
  ];
  const writer = header(0xc0, 8, 8, 16, components).scan([1, 2], 0, 63, 0);
  const { values } = decodeDct(block(block(block(writer, 80), 80), 160).end(), 0);
  expect([values[0], values[1], values[8 * 2], values[15 * 2 + 1]]).toEqual([138, 148, 148, 148]);
});

test('a progressive stream gives what the sequential one gives', () => {
  const coefficients = { dc: 345, ac: 21 };
  const sequential = decodeDct(
    block(header(0xc1, 12, 8, 8).scan([1], 0, 63, 0), coefficients.dc, { at: 3, value: coefficients.ac }).end(),
    0,
  );
  const writer = header(0xc2, 12, 8, 8).scan([1], 0, 0, 0x01);
  const half = coefficients.dc >> 1;
  writer.symbol(category(half)).signed(half, category(half)).align();
  // The band without its lowest bit: two zeros, then the value, then the end of the band.
  const halfAc = coefficients.ac >> 1;
  writer.scan([1], 1, 63, 0x01);
  writer
    .symbol((2 << 4) | category(halfAc))
    .signed(halfAc, category(halfAc))
    .symbol(0)
    .align();
  writer
    .scan([1], 0, 0, 0x10)
    .bits(coefficients.dc & 1, 1)
    .align();
  // The lowest bit of the value that is known; nothing new, so the end of the band comes at once.
  writer
    .scan([1], 1, 63, 0x10)
    .symbol(0)
    .bits(coefficients.ac & 1, 1);
  expect(decodeDct(writer.end(), 0).values).toEqual(sequential.values);
});

test('a refinement scan can set coefficients that were zero, and a run of blocks can end together', () => {
  const writer = header(0xc2, 12, 8, 16).scan([1], 0, 0, 0);
  writer.symbol(category(80)).signed(80, category(80)).symbol(0).align();
  // End of band for two blocks: run length category 1, one more bit.
  writer
    .scan([1], 1, 63, 0x01)
    .symbol(1 << 4)
    .bits(0, 1)
    .align();
  writer.scan([1], 1, 63, 0x10).symbol(1).bits(1, 1).symbol(0).symbol(0);
  const sequential = header(0xc1, 12, 8, 16).scan([1], 0, 63, 0);
  block(block(sequential, 80, { at: 1, value: 1 }), 0);
  expect(decodeDct(writer.end(), 0).values).toEqual(decodeDct(sequential.end(), 0).values);
});

test('a stream that ends early is refused instead of being half a picture', () => {
  const whole = block(block(header(0xc0, 8, 8, 16).scan([1], 0, 63, 0), 80), 80).end();
  expect(() => decodeDct(whole.slice(0, -4), 0)).toThrow(/truncated/);
});

test('a header of an impossible size is refused before anything is allocated', () => {
  expect(() => decodeDct(header(0xc0, 8, 65_000, 65_000).end(), 0)).toThrow(/too-large/);
});
