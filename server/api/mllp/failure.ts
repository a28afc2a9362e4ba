import { type ErrorCode, errorCodes } from '@lianzhen/contracts/errors.ts';
import { asHubError } from '../http/problem.ts';
import type { Acknowledgement } from './acknowledge.ts';

/** HL7 table 0357 for what the sender has to mend; all other codes are about the moment and answered with AR. */
const toMend: Partial<Record<ErrorCode, string>> = {
  'bad-input': '102',
  'malformed-request': '100',
  'not-found': '204',
  'already-exists': '205',
  'wrong-state': '207',
  'identity-mismatch': '204',
  'invalid-identifier': '102',
  'no-agreement': '103',
  'line-not-open': '103',
  'consent-missing': '101',
  'reason-required': '101',
  'too-large': '102',
  forbidden: '204',
  unauthenticated: '204',
};

/**
 * The mapper of errors for this wire. AE says: mend it before you send it again; AR says: send it again as it is, or
 * another type of message. What was thrown for other reasons than a HubError is an internal error; its text stays here.
 */
export function failureAck(cause: unknown): Acknowledgement {
  // What nobody foresaw says nothing here either, but a value that cannot be kept is the sender's to mend.
  const { code, details } = asHubError(cause);
  const text = errorCodes[code].zh;
  const mended = toMend[code];
  const errors = namedIn(details).map((named) => ({
    code: typeof named.code === 'string' ? named.code : (mended ?? (isOtherType(code) ? '200' : '207')),
    location: locationOf(named.field),
    text: namesOf(text, named),
  }));
  return { code: mended ? 'AE' : 'AR', text, errors };
}
const isOtherType = (code: ErrorCode): boolean => code === 'unsupported-media-type';

/** One entry for each field that is named, and one without a field where none is. */
function namedIn({ fields, ...details }: Record<string, unknown>): Array<Record<string, unknown>> {
  const named = Array.isArray(fields) ? (fields as Array<string | Record<string, unknown>>) : [];
  if (named.length === 0) return [details];
  return named.slice(0, 20).map((one) => (typeof one === 'string' ? { field: one } : one));
}

/** ERR-2 of `PID-3` is `PID^1^3`, of the third field in the second OBR, `OBR[2]-3`, `OBR^2^3`; `PID` is the segment. */
function locationOf(field: unknown): string | undefined {
  const found = typeof field === 'string' ? /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?((?:-\d+)*)$/.exec(field) : null;
  return found ? `${found[1]}^${found[2] ?? '1'}${(found[3] ?? '').replaceAll('-', '^')}` : undefined;
}

/** Names of fields and what was expected; details never hold a patient's data (contracts/errors.ts). */
const namesOf = (text: string, { field, expected }: Record<string, unknown>): string =>
  [text, field, Array.isArray(expected) ? expected.join(', ') : expected]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
