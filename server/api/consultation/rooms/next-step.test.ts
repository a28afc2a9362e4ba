import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atMost, firstStep, type LinkSample, nextStep, nextUnheard, type StepHistory, steps } from './next-step.ts';

const good = { lossPercent: 0, rttMs: 60, jitterMs: 10 };
const lossy = { ...good, lossPercent: 30 };

/** One sample a second, from `at` on. Answers the history after each. */
function run(history: StepHistory, seconds: number, sample: Omit<LinkSample, 'at'>, every = 1000): StepHistory {
  let now = history;
  for (let n = 1; n * every <= seconds * 1000; n++) now = nextStep(now, { at: history.lastAt + n * every, ...sample });
  return now;
}

test('a spike changes nothing', () => {
  let now = run(firstStep(0), 20, good);
  for (let n = 0; n < 20; n++) {
    now = run(run(now, 2, { ...good, rttMs: 3000 }), 3, good);
    expect(now.step).toBe('full');
  }
});

test.each([
  ['loss', lossy],
  ['delay', { ...good, rttMs: 1500 }],
  ['delay', { ...good, jitterMs: 300 }],
  ['bandwidth', { ...good, available: 150_000 }],
] as const)('%s that lasts leads down after about four seconds, one step a time', (reason, sample) => {
  const before = run(firstStep(0), 20, good);
  expect(run(before, 3, sample).step).toBe('full');
  expect(run(before, 6, sample)).toMatchObject({ step: 'thumbnails', reason });
});

test('a link that cannot carry a picture goes to voices at once', () => {
  expect(run(firstStep(0), 6, { ...good, available: 30_000 }).step).toBe('audio');
  expect(run(firstStep(0), 6, { ...good, available: 80_000 }).step).toBe('stills');
});

test('voices are the last; there is nothing below', () => {
  expect(run(firstStep(0), 120, lossy)).toMatchObject({ step: 'audio', reason: 'loss' });
});

test('it comes back by itself, step by step, although nothing is known of the bandwidth', () => {
  const bottom = run(firstStep(0), 60, lossy);
  expect(run(bottom, 9, good).step).toBe('audio');
  expect(run(bottom, 15, good).step).toBe('stills');
  expect(run(bottom, 60, good)).toMatchObject({ step: 'full', reason: 'good' });
});

test('tries upwards that fail come later and later: 10, 20, 40 seconds', () => {
  let now = run(firstStep(0), 5, { ...good, available: 150_000 });
  expect(now.step).toBe('thumbnails');
  const waits: number[] = [];
  for (let n = 0; n < 4; n++) {
    const since = now.lastAt;
    while (now.step !== 'full') now = run(now, 1, good);
    waits.push(Math.round((now.lastAt - since) / 1000));
    while (now.step === 'full') now = run(now, 1, { ...good, available: 150_000 });
  }
  for (const [n, least] of [10, 20, 40, 40].entries()) {
    expect(waits[n]).toBeGreaterThanOrEqual(least);
    expect(waits[n]).toBeLessThan(least + 8);
  }
});

test('a try that held is forgotten: the next one waits ten seconds again', () => {
  let now = run(firstStep(0), 10, lossy);
  now = run(run(run(now, 30, good), 8, lossy), 120, good);
  expect(now).toMatchObject({ step: 'full', calmMs: 10_000, triedAt: null });
});

test('a link that was dead is judged by what it does afterwards', () => {
  const before = run(firstStep(0), 3, lossy);
  expect(nextStep(before, { ...lossy, at: before.lastAt + 84_000 }).step).toBe('full');
});

// Good, middling and bad readings beside any: by chance alone a link is hardly ever calm long enough to go up.
const anySample = fc.record({
  lossPercent: fc.oneof(fc.constantFrom(0, 6, 30), fc.double({ min: 0, max: 100, noNaN: true })),
  rttMs: fc.oneof(fc.constantFrom(60, 700), fc.integer({ min: 0, max: 5000 })),
  jitterMs: fc.oneof(fc.constantFrom(10, 100), fc.integer({ min: 0, max: 500 })),
  available: fc.oneof(fc.constantFrom(undefined, 30_000, 150_000), fc.integer({ min: 0, max: 1_000_000 })),
  for: fc.integer({ min: 1, max: 40 }),
});

interface Change {
  at: number;
  by: number;
}

test('whatever the link does, it never goes up more than six times in a minute, nor up and down again more than twice', () => {
  fc.assert(
    fc.property(fc.array(anySample, { minLength: 5, maxLength: 60 }), (spells) => {
      let now = firstStep(0);
      const changes: Change[] = [];
      for (const { for: seconds, ...sample } of spells)
        for (let n = 0; n < seconds; n++) {
          const next = nextStep(now, { at: now.lastAt + 1000, ...sample });
          const by = steps.indexOf(now.step) - steps.indexOf(next.step);
          if (by !== 0) changes.push({ at: next.lastAt, by });
          now = next;
        }
      // A try that held for 45 seconds was right: what comes after it is a new turn of the link, not the same again.
      const isFlap = ({ at, by }: Change, before: Change | undefined) =>
        by < 0 && before !== undefined && before.by > 0 && at - before.at < 45_000;
      const flaps = changes.filter((change, n) => isFlap(change, changes[n - 1])).map(({ at }) => at);
      for (const at of flaps)
        expect(flaps.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(2);
      const ups = changes.filter(({ by }) => by > 0).map(({ at }) => at);
      for (const at of ups)
        expect(ups.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(6);
    }),
    { numRuns: 200 },
  );
});

test('what somebody chose is the most he gets', () => {
  expect(atMost('full', 'stills')).toBe('stills');
  expect(atMost('audio', 'full')).toBe('audio');
});

/** Somebody of whom nothing is heard from 0 on; looked at every two seconds. */
function unheard(seconds: number, available: number | undefined): StepHistory {
  let now = firstStep(0);
  for (let at = 2000; at <= seconds * 1000; at += 2000) now = nextUnheard(now, at, available);
  return now;
}

test('pictures make way for the voices where they keep reports from getting through', () => {
  expect(unheard(4, 30_000).step).toBe('full');
  expect(unheard(12, 30_000)).toMatchObject({ step: 'audio', reason: 'bandwidth' });
  expect(unheard(60, undefined).step).toBe('full');
  expect(unheard(60, 5_000_000).step).toBe('full');
});

test('silence raises nobody; his own reports do, once they come again', () => {
  let now = unheard(12, 30_000);
  for (let at = 14_000; at < 120_000; at += 2000) now = nextUnheard(now, at, undefined);
  expect(now.step).toBe('audio');
  for (let at = 120_000; at < 170_000; at += 2000) now = nextStep(now, { at, ...good });
  expect(now.step).toBe('full');
});
