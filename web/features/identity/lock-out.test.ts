import { expect, test } from 'vitest';
import { countdown, lockedUntil } from './lock-out.ts';

test('the wait is read from seconds or from an instant', () => {
  expect(lockedUntil({ retryAfterSeconds: 90 }, 1000)).toBe(91_000);
  expect(lockedUntil({ lockedUntil: '2026-03-01T00:00:00Z' }, 0)).toBe(Date.UTC(2026, 2, 1));
  expect(lockedUntil({ until: 'soon' }, 0)).toBeUndefined();
  expect(lockedUntil({}, 0)).toBeUndefined();
});

test('a countdown never shows less than nothing', () => {
  expect([137_000, 60_000, 400, 0, -5000].map(countdown)).toEqual(['2:17', '1:00', '0:01', '0:00', '0:00']);
});
