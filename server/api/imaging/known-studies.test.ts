import { expect, test } from 'vitest';
import { KnownStudies } from './known-studies.ts';

const delays = { firstMs: 1000, nextMs: 3000 };
const owned = (): KnownStudies => {
  const known = new KnownStudies();
  known.own(new Map([['1.2', 'facility']]));
  return known;
};

test('the first job of a study comes soon, the next ones take more at once', () => {
  const known = owned();
  expect(known.delayOf('1.2', delays)).toBe(1000);
  known.awaitJobs(performance.now(), new Map([['1.2', 1000]]));
  expect(known.isAwaitingJob('1.2')).toBe(true);
  expect(known.delayOf('1.2', delays)).toBe(3000);
});

test('what comes long after a study had arrived is soon seen again', () => {
  const known = owned();
  known.awaitJobs(performance.now() - 20_000, new Map([['1.2', 1000]]));
  expect(known.isAwaitingJob('1.2')).toBe(false);
  expect(known.delayOf('1.2', delays)).toBe(1000);
});
