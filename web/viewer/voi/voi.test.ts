import { expect, test } from 'vitest';
import type { GreyPicture, GreyValues } from '../decode/picture-types.ts';
import { loadedImage } from '../frames/loaded-image.ts';
import type { LookupTable } from '../source/lookup-tables.ts';
import type { ImageHeader } from '../source/study-model.ts';
import { freshLook } from '../state.ts';
import { imageHeader, pixelFormat, viewerImage } from '../test-kit/formats.ts';
import { currentVoi, currentWindow, fullRange } from './current-voi.ts';
import { displayValues } from './display-values.ts';
import { modalityOf, modalityValue } from './modality.ts';
import { presetList, windowText } from './preset-list.ts';
import { brightness, ramp } from './ramp.ts';

function grey(values: GreyValues, min: number, max: number): GreyPicture {
  const base = { columns: values.length, rows: 1, transferSyntaxUid: '', isLossy: false, warnings: [] };
  return { kind: 'grey', values, min, max, ...base };
}

const table = (first: number, values: number[], bits: number): LookupTable => ({
  first,
  values: Uint16Array.from(values),
  bits,
  explanation: '',
});
const hounsfield = { slope: 1, intercept: -1024, type: '' };
const noTables = { modality: null, voi: [] };

test('the modality transform is a line or a table', () => {
  const line = modalityOf(imageHeader({ rescale: { slope: 2, intercept: -10, type: '' } }), null);
  expect(modalityValue(line, 5)).toBe(0);
  const bent = modalityOf(imageHeader(), table(0, [100, 50, 7], 8));
  expect([0, 1, 9].map((stored) => modalityValue(bent, stored))).toEqual([100, 50, 7]);
});

test('rescaled CT is in Hounsfield units unless the file says otherwise', () => {
  const unit = (change: Partial<ImageHeader>) => modalityOf(imageHeader(change), null).unit;
  expect(unit({ rescale: hounsfield })).toBe('HU');
  expect(unit({ rescale: null })).toBe('');
  expect(unit({ modality: 'MR', rescale: hounsfield })).toBe('');
  expect(unit({ modality: 'PT', rescale: { ...hounsfield, type: 'BQML' } })).toBe('BQML');
});

test('LINEAR reaches black and white where PS3.3 C.11.2.1.2.1 says', () => {
  const voi = { kind: 'window', center: 2048, width: 4096, shape: 'LINEAR' } as const;
  // Its own example: a window of 4096 at 2048 is the identity of twelve bits.
  expect(brightness(voi, 0)).toBe(0);
  expect(brightness(voi, 4095)).toBe(1);
  expect(brightness(voi, 2047.5)).toBeCloseTo(0.5);
  const step = { kind: 'window', center: 0, width: 100, shape: 'LINEAR' } as const;
  expect([-50, 49].map((value) => brightness(step, value))).toEqual([0, 1]);
});

test('LINEAR_EXACT and SIGMOID are half bright at their centre', () => {
  expect(brightness({ kind: 'window', center: 10, width: 4, shape: 'LINEAR_EXACT' }, 10)).toBe(0.5);
  expect(brightness({ kind: 'window', center: 10, width: 4, shape: 'SIGMOID' }, 10)).toBe(0.5);
  expect(brightness({ kind: 'window', center: 10, width: 4, shape: 'SIGMOID' }, 14)).toBeCloseTo(
    1 / (1 + Math.exp(-4)),
  );
});

test('a rising line stays a line, in display values', () => {
  const display = displayValues(grey(Int16Array.from([0, 100]), 0, 100), null, false);
  const modality = modalityOf(imageHeader({ rescale: { slope: 2, intercept: -10, type: '' } }), null);
  const voi = { kind: 'window', center: 50, width: 100, shape: 'LINEAR_EXACT' } as const;
  expect(ramp(display, modality, voi)).toEqual({ kind: 'line', center: 30, width: 50 });
});

test('a falling line, a curve and a table of the file become tables', () => {
  const display = displayValues(grey(Int16Array.from([-2, 2]), -2, 2), null, false);
  const falling = modalityOf(imageHeader({ rescale: { slope: -1, intercept: 0, type: '' } }), null);
  const window = { kind: 'window', center: 0, width: 4, shape: 'LINEAR_EXACT' } as const;
  expect(ramp(display, falling, window)).toEqual({
    kind: 'table',
    first: -2,
    entries: Uint8Array.from([255, 191, 128, 64, 0]),
  });
  const plain = modalityOf(imageHeader(), null);
  const curved = ramp(display, plain, { kind: 'table', table: table(-1, [0, 1000, 4095], 12) });
  expect(curved).toEqual({ kind: 'table', first: -2, entries: Uint8Array.from([0, 0, 62, 255, 255]) });
});

test('deep values are spread over sixteen bits, and the window still means the same', () => {
  const display = displayValues(grey(Float32Array.from([0, 0.25, 1]), 0, 1), null, false);
  expect([...display.values]).toEqual([0, 16_384, 65_535]);
  const drawn = ramp(display, modalityOf(imageHeader(), null), {
    kind: 'window',
    center: 0.5,
    width: 1,
    shape: 'LINEAR_EXACT',
  });
  expect(drawn).toEqual({ kind: 'line', center: expect.closeTo(32_767.5), width: expect.closeTo(65_535) });
});

test('padding is as dark as it can be, in either polarity, and the stored values stay', () => {
  const picture = grey(Int16Array.from([-2000, 0, 300]), 0, 300);
  const padding = { from: -2000, to: -2000 };
  expect([...displayValues(picture, padding, false).values]).toEqual([0, 0, 300]);
  expect([...displayValues(picture, padding, true).values]).toEqual([300, 0, 300]);
  expect(picture.values[0]).toBe(-2000);
});

const picture = grey(Int16Array.from([0, 2000]), 0, 2000);
const windows = [
  { center: 40, width: 400, explanation: 'BODY' },
  { center: -600, width: 1500, explanation: '' },
];

test('the file’s own look comes first, then the reader’s', () => {
  const loaded = loadedImage(viewerImage('s', 1, { rescale: hounsfield, windows }), picture, noTables);
  expect(currentWindow(loaded, freshLook)).toEqual({ center: 40, width: 400 });
  expect(currentWindow(loaded, { ...freshLook, fileVoi: 1 })).toEqual({ center: -600, width: 1500 });
  expect(currentWindow(loaded, { ...freshLook, windowCenter: 1, windowWidth: 2 })).toEqual({ center: 1, width: 2 });
  expect(fullRange(loaded)).toEqual({ windowCenter: -24, windowWidth: 2000 });
});

test('a file without a look is shown as is usual for CT, else from its least to its greatest value', () => {
  const ct = loadedImage(viewerImage('s', 1, { rescale: hounsfield }), picture, noTables);
  expect(currentVoi(ct, freshLook)).toEqual({ kind: 'window', center: 40, width: 400, shape: 'LINEAR' });
  const mr = loadedImage(viewerImage('s', 1, { modality: 'MR' }), picture, noTables);
  expect(currentVoi(mr, freshLook)).toEqual({ kind: 'window', center: 1000, width: 2000, shape: 'LINEAR_EXACT' });
});

test('keys 1 to 9 choose the looks of the file, then those of its modality', () => {
  const list = presetList(imageHeader({ windows, rescale: hounsfield }));
  expect(list.slice(0, 3).map(({ name }) => name)).toEqual([
    { words: 'BODY' },
    { key: 'preset.file', number: 2 },
    { key: 'preset.abdomen' },
  ]);
  expect(list[1]?.look).toEqual({ windowCenter: null, windowWidth: null, fileVoi: 1 });
  const colour = imageHeader({ format: pixelFormat({ samplesPerPixel: 3 }) });
  expect(presetList(colour)).toEqual([]);
});

test('a window is written width first, with as many digits as it needs', () => {
  expect(windowText(-600, 1500)).toBe('W 1500 L -600');
  expect(windowText(0.0123456, 0.5)).toBe('W 0.5 L 0.0123');
});
