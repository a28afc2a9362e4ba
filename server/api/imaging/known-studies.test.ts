import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KnownStudies } from './known-studies.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const uid = '2.25.1';
function oneKnown() {
  const known = new KnownStudies();
  known.own(new Map([[uid, 'T01']]));
  return known;
}
const promised = (known: KnownStudies, ms: number) => known.awaitJobs(performance.now(), new Map([[uid, ms]]));

describe('a study that is known', () => {
  test('keeps its owner, and is asked about again where nothing was promised', () => {
    const known = oneKnown();
    expect([known.ownerOf(uid), known.ownerOf('2.25.2')]).toEqual(['T01', undefined]);
    expect([known.isAwaitingJob(uid), known.isStreaming(uid)]).toEqual([false, false]);
  });

  test('is trusted to wait for its job during most of the delay', () => {
    const known = oneKnown();
    promised(known, 1000);
    vi.advanceTimersByTime(799);
    expect(known.isAwaitingJob(uid)).toBe(true);
    vi.advanceTimersByTime(2);
    expect(known.isAwaitingJob(uid)).toBe(false);
  });

  test('streams while its last job is a short time ago, and not once its sender has paused', () => {
    const known = oneKnown();
    promised(known, 1000);
    known.own(new Map([[uid, 'T01']]));
    vi.advanceTimersByTime(2500);
    expect(known.isStreaming(uid)).toBe(true);
    vi.advanceTimersByTime(500);
    expect(known.isStreaming(uid)).toBe(false);
    promised(known, 1000);
    expect(known.isStreaming(uid)).toBe(true);
  });
});

test('the study that was asked about longest ago is forgotten first', () => {
  const known = new KnownStudies();
  for (let at = 0; at < 4097; at++) {
    known.own(new Map([[`2.25.${at}`, 'T01']]));
    if (at === 4000) known.own(new Map([['2.25.0', 'T01']]));
  }
  expect([known.ownerOf('2.25.0'), known.ownerOf('2.25.1')]).toEqual(['T01', undefined]);
});
