import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { expect, test } from 'vitest';
import type { PictureFormat } from './picture-format.ts';
import type { RenderTask } from './render-frame.ts';
import { RenderPool } from './render-pool.ts';

const format: PictureFormat = {
  ...{ rows: 8, columns: 8, samplesPerPixel: 1, photometric: 'MONOCHROME2', isPlanar: false },
  ...{ bitsAllocated: 8, bitsStored: 8, highBit: 7, isSigned: false, slope: 1, intercept: 0 },
  ...{ window: null, padding: null, palette: null },
};
const task = (changes: Partial<RenderTask> = {}): RenderTask => ({
  bytes: new Uint8Array(64),
  transferSyntaxUid: explicitLittleEndian,
  format,
  wish: { type: 'image/png', quality: 90, viewport: null, window: null },
  ...changes,
});
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'drawn',
    ({ code }) => code,
  );
const isPng = (bytes: Uint8Array) => Buffer.from(bytes.subarray(1, 4)).toString() === 'PNG';

test('draws in another thread, and goes on after a picture that cannot be drawn', async () => {
  const pool = new RenderPool({ threads: 1 });
  expect(isPng(await pool.render(async () => task()))).toBe(true);
  expect(await codeOf(pool.render(async () => task({ bytes: new Uint8Array(3) })))).toBe('dicom-invalid');
  expect(await codeOf(pool.render(() => Promise.reject(Object.assign(new Error(), { code: 'gone' }))))).toBe('gone');
  expect(isPng(await pool.render(async () => task()))).toBe(true);
});

test('reads nothing before its turn, and takes only so many that wait', async () => {
  const pool = new RenderPool({ threads: 1, waiting: 2 });
  const gate = Promise.withResolvers<void>();
  let loads = 0;
  const load = async () => {
    loads++;
    await gate.promise;
    return task();
  };
  const drawn = [pool.render(load), pool.render(load), pool.render(load)].map(codeOf);
  expect(await codeOf(pool.render(load))).toBe('unavailable');
  expect(loads).toBe(1);
  gate.resolve();
  expect(await Promise.all(drawn)).toEqual(['drawn', 'drawn', 'drawn']);
  expect(loads).toBe(3);
});

test('a picture that takes too long ends with its thread, and the next one has another', async () => {
  const pool = new RenderPool({ threads: 1, taskMs: 1 });
  const side = 4000;
  const long = task({ bytes: new Uint8Array(side * side), format: { ...format, rows: side, columns: side } });
  expect(await codeOf(pool.render(async () => long))).toBe('unavailable');
  const patient = new RenderPool({ threads: 1 });
  expect(isPng(await patient.render(async () => task()))).toBe(true);
});
