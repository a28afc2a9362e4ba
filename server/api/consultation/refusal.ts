import { type ErrorCode, HubError } from '@lianzhen/contracts/errors.ts';

/** Something of a request that is missing or wrong: which field, and what was expected there. Never the value itself. */
export interface Found {
  code: ErrorCode;
  field: string;
  expected: string;
  missing?: string;
}
export const bad = (problem: { field: string; expected: string }): Found => ({ ...problem, code: 'bad-input' });
export const noAgreement = (field: string, missing: string): Found => ({
  ...{ field, missing, code: 'no-agreement' },
  expected: 'an agreement in force that covers consultations',
});

/** One error for all: its code is that of the first problem, its `fields` are all of them. */
export function refuseAny(found: readonly Found[]): void {
  const [first] = found;
  if (!first) return;
  const fields = found.map(({ field, expected, missing }) => ({ field, expected, ...(missing ? { missing } : {}) }));
  throw new HubError(first.code, { ...(first.missing ? { missing: first.missing } : {}), fields });
}
