import { HubError } from '@lianzhen/contracts/errors.ts';
import { describe, expect, test } from 'vitest';
import { readPngPixels } from './png-pixels.ts';
import { looksLikePicture, readPicture } from './read-picture.ts';
import { jpegFile, pdfFile, pngFile } from './test-kit/pictures.ts';

const grey = pngFile({ columns: 2, type: 0, lines: [[0, 10, 20]] });

function refusal(read: () => unknown): unknown {
  try {
    read();
  } catch (error) {
    if (error instanceof HubError && error.code === 'ecg-invalid') return error.details;
    throw error;
  }
  return undefined;
}

test.each([
  ['application/pdf', 3, pdfFile(3)],
  ['application/pdf', 1, Buffer.from('%PDF-1.7\nall in object streams\n%%EOF')],
  ['image/jpeg', 1, jpegFile()],
  ['image/png', 1, grey],
])('%s of %i pages is kept and not measured', (mediaType, pages, bytes) => {
  expect(looksLikePicture(bytes)).toBe(true);
  expect(readPicture(bytes)).toMatchObject({
    format: 'picture',
    recordings: [],
    picture: { mediaType, pages },
    warnings: [{ code: 'not-measurable', where: mediaType }],
  });
});

test.each([
  ['a PDF that was cut off', pdfFile(1).subarray(0, 60), 'PDF end'],
  ['a JPEG that was cut off', jpegFile().subarray(0, -2), 'JPEG end'],
  ['a JPEG without a scan', jpegFile().subarray(0, 20), 'JPEG scan'],
  ['a JPEG whose segment is longer than the file', jpegFile().fill(0xff, 4, 6), 'JPEG segment'],
  ['a JPEG of no rows', jpegFile({ rows: 0 }), 'JPEG frame header'],
  ['a JPEG of four colours', jpegFile({ components: 4 }), 'JPEG frame header'],
  ['a lossless JPEG', jpegFile({ frame: 0xc3 }), 'JPEG frame header'],
  ['a PNG that was cut off', grey.subarray(0, -8), 'PNG end'],
  ['something else', Buffer.from('GIF89a'), 'first bytes'],
])('%s is refused', (_name, bytes, where) => {
  expect(refusal(() => readPicture(bytes))).toMatchObject({ format: 'picture', where });
});

describe('the pixels of a PNG', () => {
  const pixels = (bytes: Buffer) => [...readPngPixels(bytes).data];
  test('come through every filter', () => {
    const lines = [
      [1, 10, 20, 30, 1, 1, 1],
      [2, 1, 1, 1, 1, 1, 1],
      [3, 5, 5, 5, 5, 5, 5],
      [4, 1, 2, 3, 4, 5, 6],
      [0, 9, 8, 7, 6, 5, 4],
    ];
    expect(pixels(pngFile({ columns: 2, lines }))).toEqual([
      ...[10, 20, 30, 11, 21, 31],
      ...[11, 21, 31, 12, 22, 32],
      ...[10, 15, 20, 16, 23, 31],
      ...[11, 17, 23, 20, 28, 37],
      ...[9, 8, 7, 6, 5, 4],
    ]);
  });

  test('of palettes, few bits, sixteen bits and transparency are colours of eight bits on white', () => {
    expect(
      pixels(pngFile({ columns: 3, type: 3, depth: 2, palette: [1, 2, 3, 4, 5, 6], lines: [[0, 0b00010000]] })),
    ).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3]);
    expect(pixels(pngFile({ columns: 9, type: 0, depth: 1, lines: [[0, 0b10100000, 0b10000000]] }))).toEqual([
      255, 0, 255, 0, 0, 0, 0, 0, 255,
    ]);
    expect(pixels(pngFile({ columns: 1, type: 0, depth: 16, lines: [[0, 200, 99]] }))).toEqual([200]);
    expect(pixels(pngFile({ columns: 2, type: 6, lines: [[0, 9, 9, 9, 0, 100, 100, 100, 255]] }))).toEqual([
      255, 255, 255, 100, 100, 100,
    ]);
  });

  test.each([
    ['interlaced', pngFile({ columns: 1, interlaced: true, lines: [[0, 1, 2, 3]] }), 'PNG IHDR'],
    ['of a wrong checksum', Buffer.from(grey).fill(9, 20, 21), 'PNG IHDR'],
    ['of too few lines', pngFile({ columns: 3, lines: [[0, 1, 2, 3]] }), 'PNG IDAT'],
    ['of more than it says', pngFile({ columns: 1, lines: [[0, 1, 2, 3, 4, 5, 6, 7]] }), 'PNG IDAT'],
    ['of an unknown filter', pngFile({ columns: 1, lines: [[7, 1, 2, 3]] }), 'PNG IDAT'],
  ])('%s are refused', (_name, bytes, where) => {
    expect(refusal(() => readPngPixels(bytes))).toMatchObject({ format: 'picture', where });
  });
});
