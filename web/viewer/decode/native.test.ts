import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { isPackedChroma, nativeLength, readNative } from './native.ts';

test('big endian words are turned around', () => {
  const bytes = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect([...readNative(bytes, pixelFormat(), true).values]).toEqual([0x0102, 0x0304, 0x0506, 0x0708, 0x090a, 0x0b0c]);
  expect(readNative(bytes, pixelFormat(), false).values[0]).toBe(0x0201);
});

test('big endian floats are turned around as a whole', () => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, 1.5, false);
  const format = pixelFormat({ rows: 1, columns: 1, bitsAllocated: 32, isFloat: true });
  expect(readNative(bytes, format, true).values[0]).toBe(1.5);
});

test('one-bit pixels begin with the lowest bit', () => {
  const format = pixelFormat({ rows: 1, columns: 10, bitsAllocated: 1 });
  expect(nativeLength(format)).toBe(2);
  expect([...readNative(Uint8Array.from([0b0000_0101, 0b10]), format, false).values]).toEqual([
    1, 0, 1, 0, 0, 0, 0, 0, 0, 1,
  ]);
});

test('too few bytes are refused, one padding byte is normal, more is worth a warning', () => {
  const format = pixelFormat();
  expect(() => readNative(new Uint8Array(11), format, false)).toThrow(/truncated/);
  expect(readNative(new Uint8Array(13), format, false).warnings).toEqual([]);
  expect(readNative(new Uint8Array(20), format, false).warnings).toEqual([
    { code: 'bytes-left-over', details: { extra: 8 } },
  ]);
});

test('the length tells packed chroma from three full samples', () => {
  const format = pixelFormat({ samplesPerPixel: 3, bitsAllocated: 8, photometricInterpretation: 'YBR_FULL_422' });
  expect(isPackedChroma(new Uint8Array(12), format)).toBe(true);
  expect(isPackedChroma(new Uint8Array(18), format)).toBe(false);
});

test('odd depths are refused by name', () => {
  expect(() => readNative(new Uint8Array(64), pixelFormat({ bitsAllocated: 12 }), false)).toThrow(/BitsAllocated 12/);
});
