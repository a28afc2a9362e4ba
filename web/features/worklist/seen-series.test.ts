import { expect, test } from 'vitest';
import { type SeenStudies, seenOf, withSeen } from './seen-series.ts';

const none: SeenStudies = new Map();

test('series seen in full are counted over all opened studies', () => {
  const studies = withSeen(withSeen(none, '1', { a: 100, b: 40 }), '2', { c: 100 });
  expect(seenOf(['1', '2'], studies)).toEqual({ whole: 2, all: 3, unopened: 0 });
});

test('a study that nobody opened is not seen, whatever was seen of the others', () => {
  expect(seenOf(['1', '2', '3'], withSeen(none, '1', { a: 100 }))).toEqual({ whole: 1, all: 1, unopened: 2 });
});

test('a study without a picture has nothing to see once it was opened, and one that left the case does not count', () => {
  const studies = withSeen(withSeen(none, 'report', {}), 'elsewhere', { a: 10 });
  expect(seenOf(['report'], studies)).toEqual({ whole: 0, all: 0, unopened: 0 });
});

test('a percent more is no news until a series is whole', () => {
  const studies = withSeen(none, '1', { a: 10 });
  expect(withSeen(studies, '1', { a: 90 })).toBe(studies);
  expect(withSeen(studies, '1', { a: 100 })).not.toBe(studies);
});
