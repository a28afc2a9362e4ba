import { HubError } from '@lianzhen/contracts/errors.ts';

const freeFailures = 5;
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/** Five mistakes are free; from then on each doubles the wait, from 30 seconds to an hour. */
export function lockUntil(failures: number, now: Date): Date | null {
  if (failures < freeFailures) return null;
  return new Date(now.getTime() + Math.min(firstWaitMs * 2 ** (failures - freeFailures), longestWaitMs));
}

/** @throws `locked-out` with `retryAfterSeconds` */
export function assertNotLocked(lockedUntil: Date | null | undefined, now: Date): void {
  if (!lockedUntil || lockedUntil <= now) return;
  throw new HubError('locked-out', { retryAfterSeconds: Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000) });
}
