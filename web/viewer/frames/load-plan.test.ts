import { expect, test } from 'vitest';
import { pixelFormat, viewerImage, viewerSeries } from '../test-kit/formats.ts';
import { loadOrder, outward, withinMemory } from './load-plan.ts';

const a = viewerSeries('a', 5);
const b = viewerSeries('b', 3);
const numbers = (images: readonly { key: string }[]) => images.map(({ key }) => key.replace('/1', ''));

test('from where the reader is, two ahead for one behind', () => {
  expect(numbers(outward(a.images, 2))).toEqual(['a.4', 'a.5', 'a.2', 'a.1']);
  expect(numbers(outward(a.images, 0))).toEqual(['a.2', 'a.3', 'a.4', 'a.5']);
});

test('what is on screen first, then thumbnails, then the shown series, then the others', () => {
  const order = loadOrder([a, b], [{ series: a, index: 2 }], 'study');
  expect(numbers(order)).toEqual(['a.3', 'a.1', 'b.1', 'a.4', 'a.5', 'a.2', 'b.2', 'b.3']);
});

test('a glance wants no more of the other series than their thumbnails', () => {
  const order = loadOrder([a, b], [{ series: a, index: 2 }], 'series');
  expect(numbers(order)).toEqual(['a.3', 'a.1', 'b.1', 'a.4', 'a.5', 'a.2']);
});

test('only as much is wanted as fits, but always what is on screen', () => {
  const format = pixelFormat({ rows: 10, columns: 10 });
  const images = [1, 2, 3, 4].map((number) => viewerImage('a', number, { format }));
  expect(withinMemory(images, 1, 450)).toHaveLength(2);
  expect(withinMemory(images, 3, 0)).toHaveLength(3);
  expect(withinMemory(images, 1, 10_000)).toHaveLength(4);
});
