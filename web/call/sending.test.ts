import { expect, test } from 'vitest';
import { contentHint, sendOptions } from './sending.ts';

const vp8 = { kind: 'video', mimeType: 'video/VP8' } as const;
const vp9 = { kind: 'video', mimeType: 'video/VP9' } as const;

test('a camera is sent in three sizes, the smallest first', () => {
  const { encodings } = sendOptions('camera', [vp8, vp9], 2);
  expect(encodings?.map((each) => each.scaleResolutionDownBy)).toEqual([4, 2, 1]);
  expect(
    encodings?.every((each, at) => at === 0 || (each.maxBitrate ?? 0) > (encodings[at - 1]?.maxBitrate ?? 0)),
  ).toBe(true);
});

test('where the room knows VP9 and the machine has the cores for it, one stream of layers is sent', () => {
  const options = sendOptions('camera', [vp8, vp9], 8);
  expect(options.encodings).toHaveLength(1);
  expect(options.codec?.mimeType).toBe('video/VP9');
  expect(sendOptions('camera', [vp8], 8).encodings).toHaveLength(3);
});

test('a voice is cheap in silence and mends its losses', () => {
  expect(sendOptions('microphone', [], 8).codecOptions).toMatchObject({ opusDtx: true, opusFec: true, opusNack: true });
});

test('a screen is sharp and slow', () => {
  expect(sendOptions('screen', [vp9], 8).encodings).toEqual([{ maxBitrate: 2_500_000, maxFramerate: 5 }]);
  expect([contentHint('screen'), contentHint('examination'), contentHint('camera')]).toEqual([
    'detail',
    'detail',
    'motion',
  ]);
});
