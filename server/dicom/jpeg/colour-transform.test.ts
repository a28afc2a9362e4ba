import { expect, test } from 'vitest';
import { hasColourTransform } from './colour-transform.ts';

test('the colour transform of a JPEG 2000 stream is read from its coding style', () => {
  const stream = (transform: number) =>
    Uint8Array.from([0xff, 0x4f, 0xff, 0x52, 0, 12, 0, 0, 0, 1, transform, 0, 0, 0, 0]);
  expect([hasColourTransform(stream(1)), hasColourTransform(stream(0))]).toEqual([true, false]);
});
