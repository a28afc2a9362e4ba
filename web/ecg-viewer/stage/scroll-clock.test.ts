import { expect, test } from 'vitest';
import { ScrollClock } from './scroll-clock.ts';

test('the picture stays within the recording and tells only of what is new', () => {
  const clock = new ScrollClock();
  const told: number[] = [];
  clock.setRange(60_000, 10_000);
  clock.subscribe(() => told.push(clock.startMs));
  clock.scrollTo(30_000);
  clock.scrollTo(30_000);
  clock.scrollBy(1e9);
  clock.scrollBy(-1e9);
  clock.scrollTo(Number.NaN);
  expect(told).toEqual([30_000, 50_000, 0]);
});

test('a wider picture of the same recording moves back what began too late', () => {
  const clock = new ScrollClock();
  clock.setRange(60_000, 10_000);
  clock.scrollTo(50_000);
  clock.setRange(60_000, 40_000);
  expect(clock.startMs).toBe(20_000);
  clock.setRange(10_000, 40_000);
  expect([clock.startMs, clock.lastMs]).toEqual([0, 0]);
});

test('who follows does not scroll, and begins where he is led as soon as the range is known', () => {
  const clock = new ScrollClock();
  clock.hold(true);
  clock.lead(30_000);
  expect([clock.startMs, clock.meantMs]).toEqual([0, 30_000]);
  clock.setRange(60_000, 10_000);
  expect(clock.startMs).toBe(30_000);
  clock.scrollBy(5000);
  expect(clock.startMs).toBe(30_000);
  // On a larger screen less is left: it shows what there is, and means the same.
  clock.setRange(60_000, 50_000);
  expect([clock.startMs, clock.meantMs]).toEqual([10_000, 30_000]);
  clock.hold(false);
  clock.scrollTo(4000);
  expect([clock.startMs, clock.meantMs]).toEqual([4000, 4000]);
});
