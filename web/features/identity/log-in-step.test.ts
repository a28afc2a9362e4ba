import { expect, test } from 'vitest';
import { isQuestion, type LogInStep, stepAfter } from './log-in-step.ts';

test.each<[LogInStep, Parameters<typeof stepAfter>[0], LogInStep]>([
  ['names', 'wrong-credentials', 'names'],
  ['names', 'locked-out', 'names'],
  ['names', 'totp-required', 'code'],
  ['names', 'new-password-required', 'next'],
  ['names', 'one-time-password-expired', 'names'],
  ['next', 'weak-password', 'next'],
  ['next', 'totp-required', 'code'],
  ['next', 'wrong-credentials', 'names'],
  ['next', 'unreachable', 'next'],
  ['code', 'wrong-credentials', 'code'],
  ['code', 'weak-password', 'next'],
  ['code', 'one-time-password-expired', 'names'],
])('at %s, %s leads to %s', (present, code, step) => {
  expect(stepAfter(code, present)).toBe(step);
});

test('what is only asked for is not shown as a failure', () => {
  expect(isQuestion('totp-required') && isQuestion('new-password-required')).toBe(true);
  expect(isQuestion('wrong-credentials')).toBe(false);
});
