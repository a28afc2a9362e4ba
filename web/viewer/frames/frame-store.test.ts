import { expect, test } from 'vitest';
import { ViewerProblem } from '../problem.ts';
import type { FrameAnswer, StudySource } from '../source/study-source.ts';
import { pixelFormat, viewerImage } from '../test-kit/formats.ts';
import { memoryCache } from '../test-kit/memory-cache.ts';
import { FrameStore } from './frame-store.ts';

const format = pixelFormat({ rows: 10, columns: 10, bitsAllocated: 8 });
const images = Array.from({ length: 40 }, (_, i) => viewerImage('s', i + 1, { format }));
const image = (number: number) => images[number - 1] as (typeof images)[number];

/** A source whose frames arrive when the test lets them. */
function gatedSource() {
  const waiting = new Map<string, { arrive: () => void; fail: () => void; signal: AbortSignal }>();
  const source: StudySource = {
    load: () => Promise.reject(new Error('not asked for')),
    frame: (ref, signal) =>
      new Promise<FrameAnswer>((resolve, reject) => {
        const number = ref.sopInstanceUid.slice(2);
        const done = (finish: () => void) => {
          waiting.delete(number);
          finish();
        };
        signal.addEventListener('abort', () => done(() => reject(signal.reason)));
        waiting.set(number, {
          signal,
          arrive: () =>
            done(() =>
              resolve({ bytes: new ArrayBuffer(100), transferSyntaxUid: '1.2.840.10008.1.2.1', contentType: '' }),
            ),
          fail: () => done(() => reject(new ViewerProblem('network'))),
        });
      }),
  };
  return { source, waiting, asked: () => [...waiting.keys()].map(Number) };
}

const pool = {
  decode: async () =>
    ({
      kind: 'grey' as const,
      values: new Uint8Array(100),
      min: 0,
      max: 0,
      columns: 10,
      rows: 10,
      transferSyntaxUid: '',
      isLossy: false,
      warnings: [],
    }) as const,
};

function open(capacity = 100_000) {
  const gate = gatedSource();
  const cache = memoryCache(capacity);
  const store = new FrameStore({ source: gate.source, pool, cache }, '1');
  /** Lets a frame arrive and waits until the store has told. */
  const settle = (act: () => void) =>
    new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        stop();
        resolve();
      });
      act();
    });
  const arrive = (number: number) => settle(() => gate.waiting.get(String(number))?.arrive());
  return { ...gate, cache, store, arrive, settle };
}

test('what is on screen is asked for first, and four in advance', () => {
  const { store, asked } = open();
  store.want(images, 1);
  expect(asked()).toEqual([1, 2, 3, 4]);
  store.close();
});

test('two connections are kept for what the reader asks for next', () => {
  const { store, asked } = open();
  store.want(images, 1);
  store.want([image(9), ...images], 1);
  expect(asked()).toEqual([1, 2, 3, 4, 9]);
  store.close();
});

test('a frame that has arrived is told and kept, and the next one is asked for', async () => {
  const { store, asked, arrive, cache } = open();
  store.want(images, 1);
  await arrive(1);
  expect(store.get(image(1))?.picture.columns).toBe(10);
  expect(asked()).toEqual([2, 3, 4, 5]);
  expect(store.count(images)).toBe(1);
  store.close();
  expect(cache.ids()).toEqual([]);
});

test('loads far from where the reader has gone are aborted', () => {
  const { store, waiting, asked } = open();
  store.want(images, 1);
  const first = waiting.get('1')?.signal;
  store.want(images.toReversed(), 1);
  expect(first?.aborted).toBe(true);
  expect(asked()[0]).toBe(40);
  store.close();
});

test('a frame that fails is told, does not stop the others, and can be tried again', async () => {
  const { store, asked, settle, waiting } = open();
  store.want(images.slice(0, 2), 1);
  await settle(() => waiting.get('1')?.fail());
  expect(store.problem(image(1))?.code).toBe('network');
  expect(asked()).toEqual([2]);
  store.retry(image(1));
  expect(store.problem(image(1))).toBeUndefined();
  expect(asked()).toEqual([2, 1]);
  store.close();
});

test('no more is fetched in advance than the cache can keep', async () => {
  const { store, asked, arrive } = open(500);
  store.want(images, 1);
  for (const number of [1, 2, 3, 4]) await arrive(number);
  expect(asked()).toEqual([]);
  store.close();
});

test('frames far from the reader leave to make room for near ones', async () => {
  const { store, arrive, cache } = open(500);
  store.want(images.slice(0, 4), 1);
  for (const number of [1, 2, 3, 4]) await arrive(number);
  store.want([image(20), image(21), image(4)], 1);
  await arrive(20);
  await arrive(21);
  expect(cache.ids().map((id) => id.replace(/^1\/s\.|\/1$/g, ''))).toEqual(['2', '3', '4', '20', '21']);
  store.want([image(22), image(21), image(20), image(4)], 1);
  await arrive(22);
  expect(cache.ids().map((id) => id.replace(/^1\/s\.|\/1$/g, ''))).toEqual(['3', '4', '20', '21', '22']);
  store.close();
});

test('a frame that would fill the cache alone is refused with a reason', async () => {
  const { store, arrive } = open(50);
  store.want(images.slice(0, 1), 1);
  await arrive(1);
  expect(store.problem(image(1))?.code).toBe('too-large');
  store.close();
});

test('frames stay while another viewer holds the study', async () => {
  const { store, arrive, source, cache } = open();
  const other = new FrameStore({ source, pool, cache }, '1');
  store.want(images.slice(0, 1), 1);
  await arrive(1);
  store.close();
  expect(cache.ids()).toHaveLength(1);
  other.get(image(1));
  other.close();
  expect(cache.ids()).toEqual([]);
});
