import { expect, test } from 'vitest';
import { pixelFormat } from '../test-kit/formats.ts';
import { decodeRle } from './rle.ts';

/** Writes literal runs and repeats of three or more, as an encoder does. */
function packBits(plane: readonly number[]): number[] {
  const packed: number[] = [];
  for (let i = 0; i < plane.length; ) {
    let run = 1;
    while (run < 128 && plane[i + run] === plane[i]) run++;
    if (run >= 3) {
      packed.push(257 - run, plane[i] as number);
      i += run;
    } else {
      packed.push(0, plane[i] as number);
      i += 1;
    }
  }
  return packed;
}

function frame(planes: readonly number[][]): Uint8Array {
  const segments = planes.map(packBits);
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  let offset = 64;
  segments.forEach((segment, i) => {
    header.setUint32(4 + 4 * i, offset, true);
    offset += segment.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
}

test('sixteen-bit pixels come back from their high and low bytes', () => {
  const pixels = [1, 258, 258, 258, 258, 65_535];
  const bytes = frame([pixels.map((value) => value >> 8), pixels.map((value) => value & 0xff)]);
  expect([...decodeRle(bytes, pixelFormat()).values]).toEqual(pixels);
});

test('colour is by plane, whatever the header says', () => {
  const planes = [
    [9, 9, 9, 9, 1, 2],
    [3, 4, 5, 5, 5, 5],
    [7, 7, 7, 7, 7, 7],
  ];
  const samples = decodeRle(frame(planes), pixelFormat({ samplesPerPixel: 3, bitsAllocated: 8 }));
  expect(samples).toMatchObject({ isPlanar: true, components: 3 });
  expect([...samples.values]).toEqual(planes.flat());
});

test('runs longer than the plane do not write beyond it', () => {
  const bytes = frame([[5, 5, 5, 5, 5, 5]]);
  bytes[64] = 129;
  expect([...decodeRle(bytes, pixelFormat({ bitsAllocated: 8 })).values]).toEqual([5, 5, 5, 5, 5, 5]);
});

test('a segment that ends early is refused', () => {
  const bytes = frame([[1, 2, 3, 4, 5, 6]]);
  expect(() => decodeRle(bytes.slice(0, -2), pixelFormat({ bitsAllocated: 8 }))).toThrow(/truncated/);
});

test('a header with the wrong number of segments is refused', () => {
  const format = pixelFormat({ samplesPerPixel: 3, bitsAllocated: 8 });
  expect(() => decodeRle(frame([[1, 2, 3, 4, 5, 6]]), format)).toThrow(/damaged-stream/);
});
