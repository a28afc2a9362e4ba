import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiErrorCode } from '../../api/api-error.ts';
import { LeaseKeeper, type LeaseState, leaseSpan } from './lease-keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function keep(answers: (ApiErrorCode | undefined)[]) {
  const told: LeaseState[] = [];
  let beats = 0;
  const beat = () => Promise.resolve(answers[Math.min(beats++, answers.length - 1)]);
  const keeper = new LeaseKeeper({ beat, leaseMs: 90_000, onState: (state) => told.push(state) });
  return { keeper, told, beats: () => beats };
}

test('three beats in the span of a lease, and silence while all is well', async () => {
  const { keeper, told, beats } = keep([undefined]);
  await vi.advanceTimersByTimeAsync(90_000);
  expect(beats()).toBe(3);
  expect(told).toEqual([]);
  keeper.stop();
});

test('a refusal is told once and ends the beating', async () => {
  const { told, beats } = keep([undefined, 'lease-lost']);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told).toEqual(['lost']);
  expect(beats()).toBe(2);
});

test('a dead link is tried sooner, doubted after a whole lease, and trusted again when it answers', async () => {
  const { keeper, told, beats } = keep([...Array<ApiErrorCode>(14).fill('unreachable'), undefined]);
  await vi.advanceTimersByTimeAsync(30_000 + 5000 * 2);
  expect(beats()).toBe(3);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(told).toEqual(['uncertain']);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual(['uncertain', 'held']);
  keeper.stop();
});

test('a check beats at once, and twice at once is one beat', async () => {
  const { keeper, beats } = keep([undefined]);
  await Promise.all([keeper.check(), keeper.check()]);
  expect(beats()).toBe(1);
  keeper.stop();
  await keeper.check();
  expect(beats()).toBe(1);
});

test('an answer that comes after the end changes nothing', async () => {
  const { keeper, told } = keep(['lease-lost']);
  const beating = keeper.check();
  keeper.stop();
  await beating;
  expect(told).toEqual([]);
});

test('the span follows the hub, within reason', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  expect(leaseSpan('2026-03-01T10:00:06Z', 90_000, now)).toBe(6000);
  expect(leaseSpan('2026-03-01T10:20:00Z', 90_000, now)).toBe(90_000);
  expect(leaseSpan('2026-03-01T09:59:00Z', 90_000, now)).toBe(90_000);
  expect(leaseSpan('2026-03-01T10:00:00.100Z', 90_000, now)).toBe(1000);
  expect(leaseSpan(undefined, 90_000, now)).toBe(90_000);
});
