import type { ErrorDetails } from '@lianzhen/contracts/errors.ts';

/** @returns until when a refused log-in must wait, from whatever form of it the answer gives; else undefined. */
export function lockedUntil(details: ErrorDetails, now: number): number | undefined {
  const { until, lockedUntil: named, retryAfterSeconds } = details;
  for (const instant of [named, until])
    if (typeof instant === 'string' && !Number.isNaN(Date.parse(instant))) return Date.parse(instant);
  if (typeof retryAfterSeconds === 'number' && Number.isFinite(retryAfterSeconds))
    return now + retryAfterSeconds * 1000;
  return undefined;
}

/** Minutes and seconds as a clock shows them, for a countdown. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
