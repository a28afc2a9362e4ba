import type { ApiErrorCode } from '../../api/api-error.ts';

/** What the log-in asks for: name and password; a new password, where that one was good once; the one-time code. */
export type LogInStep = 'names' | 'next' | 'code';

/** Not refusals but questions: the hub wants something more than was given. */
export const isQuestion = (code: ApiErrorCode): boolean => code === 'totp-required' || code === 'new-password-required';

/** Where the person goes on after a refusal. */
export function stepAfter(code: ApiErrorCode, present: LogInStep): LogInStep {
  if (code === 'totp-required') return 'code';
  if (code === 'new-password-required' || code === 'weak-password') return 'next';
  // Wrong credentials beside a new password: the one-time password was used or taken back meanwhile.
  if (code === 'one-time-password-expired' || (code === 'wrong-credentials' && present === 'next')) return 'names';
  return present;
}
