import { expect, test } from 'vitest';
import { dueOf, waitingMs } from './due.ts';

const now = new Date('2026-03-01T10:00:00Z');
const row = (minutesLeft: number, state: 'ready' | 'reported' = 'ready') => ({
  state,
  submittedAt: '2026-03-01T08:00:00Z',
  readyAt: '2026-03-01T09:00:00Z',
  dueAt: new Date(now.getTime() + minutesLeft * 60_000).toISOString(),
});

test('late is bad, the last quarter or ten minutes is a warning, the rest is quiet', () => {
  expect(dueOf(row(-1), now)).toMatchObject({ tone: 'bad', leftMs: -60_000 });
  expect(dueOf(row(9), now)?.tone).toBe('warn');
  expect(dueOf(row(19), now)?.tone).toBe('warn');
  expect(dueOf(row(60), now)?.tone).toBe('quiet');
});

test('no clock runs once the report is signed, nor before the images are there', () => {
  expect(dueOf(row(-5, 'reported'), now)).toBeUndefined();
  expect(dueOf({ ...row(5), dueAt: null }, now)).toBeUndefined();
});

test('waiting counts from complete images, else from the request', () => {
  expect(waitingMs(row(5), now)).toBe(3_600_000);
  expect(waitingMs({ ...row(5), readyAt: null }, now)).toBe(7_200_000);
  expect(waitingMs({ ...row(5), readyAt: '2026-03-01T10:00:30Z' }, now)).toBe(0);
});
