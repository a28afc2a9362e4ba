import { type ErrorCode, errorCodes, HubError } from '@lianzhen/contracts/errors.ts';
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
  const code: ErrorCode = cause instanceof HubError ? cause.code : 'internal';
  const details = cause instanceof HubError ? cause.details : {};
  const text = errorCodes[code].zh;
  if (code === 'unsupported-media-type')
    return { code: 'AR', text, errors: [{ code: '200', text: namesOf(text, details) }] };
  const mended = toMend[code];
  const location =
    typeof details.field === 'string' && /^[A-Z][A-Z0-9]{2}(-\d+)*$/.test(details.field) ? details.field : undefined;
  const error = {
    code: mended ?? '207',
    location: location?.replace('-', '^1^').replaceAll('-', '^'),
    text: namesOf(text, details),
  };
  return { code: mended ? 'AE' : 'AR', text, errors: [error] };
}

/** Names of fields and what was expected; details never hold a patient's data (contracts/errors.ts). */
const namesOf = (text: string, { field, expected }: Record<string, unknown>): string =>
  [text, field, Array.isArray(expected) ? expected.join(', ') : expected]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
