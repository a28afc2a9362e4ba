import { HubError } from '@lianzhen/contracts/errors.ts';
import type { InstanceUids, Outcome } from './arrival.ts';

/**
 * Why an instance was not stored: for C-STORE a status (PS3.4 Table B.2-1, PS3.7 Annex C), for STOW-RS a failure
 * reason (PS3.18 Table I.2-2). Both take their codes from the same ranges.
 */
export interface StoreFailure {
  code: number;
  /** ASCII, at most 64 characters: C-STORE has room for no more. Names fields, never values of a patient. */
  comment: string;
}

const transferSyntaxTag = '00020010';

/** Refused outcomes. The sender keeps its copy; ours waits in quarantine. */
export function failureOfOutcome(outcome: Outcome): StoreFailure | undefined {
  if (outcome === 'conflict') return { code: 0x0111, comment: 'same SOP Instance UID with other bytes: quarantined' };
  if (outcome === 'foreign') return { code: 0x0124, comment: 'study belongs to another facility: quarantined' };
  return undefined;
}

/** @returns undefined for what is no failure of this instance but of the hub or of the connection */
export function failureOfError(cause: unknown): StoreFailure | undefined {
  if (!(cause instanceof HubError)) return undefined;
  const { tag, expected, reason } = cause.details;
  switch (cause.code) {
    case 'dicom-invalid':
      if (reason === 'not-as-declared') return { code: 0xa900, comment: `${tag} is not what was declared` };
      if (tag === transferSyntaxTag) return { code: 0xc122, comment: 'transfer syntax is not supported' };
      return { code: 0xc000, comment: ascii(`${tag ?? 'not DICOM'}: expected ${expected}`) };
    case 'unsupported-sop-class':
      return { code: 0x0122, comment: 'SOP class is not supported' };
    case 'malformed-request':
      return { code: 0xc000, comment: ascii(`expected ${expected}`) };
    case 'too-large':
      return { code: 0xa700, comment: 'instance is too large' };
    case 'storage-full':
      return { code: 0xa700, comment: 'storage is full' };
    case 'unavailable':
      return { code: 0xa700, comment: 'storage is not available now' };
    default:
      return undefined;
  }
}

/** Which instance it is about, where its header was read so far. */
export function instanceOfError(cause: unknown): InstanceUids | undefined {
  return cause instanceof HubError ? (cause.details.instance as InstanceUids | undefined) : undefined;
}

/** Whether somebody here has to act: nothing is wrong with what was sent. */
export const isOurs = (cause: unknown): boolean =>
  failureOfError(cause) === undefined ||
  (cause instanceof HubError && ['storage-full', 'unavailable'].includes(cause.code));

const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);
