import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { range, toStoredValues } from './grey.ts';

test('the sign of twelve stored bits is extended', () => {
  const format = pixelFormat({ bitsStored: 12, isSigned: true });
  const { values } = toStoredValues(Uint16Array.from([0x0fff, 0x0800, 0x07ff]), format, false);
  expect([...values]).toEqual([-1, -2048, 2047]);
});

test('an overlay in the upper bits of native data is cut off', () => {
  const { values, warnings } = toStoredValues(Uint16Array.from([0xf123]), pixelFormat({ bitsStored: 12 }), false);
  expect([...values]).toEqual([0x123]);
  expect(warnings).toEqual([]);
});

test('stored bits that do not begin at the bottom are shifted down', () => {
  const format = pixelFormat({ bitsStored: 12, highBit: 15 });
  expect([...toStoredValues(Uint16Array.from([0xabc0]), format, false).values]).toEqual([0xabc]);
});

test('a compressed stream that has more bits than the header says is shown as it is', () => {
  const { values, warnings } = toStoredValues(Uint16Array.from([4095, 10]), pixelFormat({ bitsStored: 8 }), true);
  expect([...values]).toEqual([4095, 10]);
  expect(warnings).toEqual([{ code: 'bits-differ', details: { said: 8, found: 12 } }]);
});

test('padding does not count in the range', () => {
  expect(range(Int16Array.from([-2000, -1000, 300]), { from: -2000, to: -2000 })).toEqual({ min: -1000, max: 300 });
});

test('a picture of nothing but padding or of no numbers has a range to draw with', () => {
  expect(range(Int16Array.from([7, 7]), { from: 7, to: 7 })).toEqual({ min: 0, max: 1 });
  expect(range(Float32Array.from([Number.NaN]))).toEqual({ min: 0, max: 1 });
});
