import { HubError } from '@lianzhen/contracts/errors.ts';

/** A UID from a path (PS3.5 9.1). What is none cannot be found. */
export function requireUid(value: unknown, field: string): string {
  if (typeof value === 'string' && value.length <= 64 && /^\d+(\.\d+)*$/.test(value)) return value;
  throw new HubError('malformed-request', { field, expected: 'a UID' });
}
