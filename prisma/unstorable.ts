import { driverCause } from './driver-cause.ts';

/**
 * What PostgreSQL says of a value that it has no place for (appendix A, class 22): a NUL or half of a character in a text,
 * a day before the year 1, a number beyond its column.
 */
const states = ['22003', '22007', '22008', '22009', '22021', '22P02', '22P05'];

/** A value was asked for or given that no row can hold: the question is wrong, and nothing here is broken. */
export function isUnstorable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as Error & { code?: string };
  return [code, driverCause(cause).originalCode].some((one) => states.includes(one ?? ''));
}
