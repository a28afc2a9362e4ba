import { type ErrorCode, type ErrorDetails, isErrorCode } from '@lianzhen/contracts/errors.ts';

/** The room's own codes; `no-answer` where none came; `misunderstood` where page and hub are of different versions. */
export type RoomErrorCode = ErrorCode | 'no-answer' | 'misunderstood';

/** Why a signal did not succeed. */
export class RoomError extends Error {
  readonly code: RoomErrorCode;
  readonly details: ErrorDetails;

  constructor(code: RoomErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'RoomError';
    this.code = code;
    this.details = details;
  }
}

/** @param problem the `error` of a signal's answer, or the `data` with which a socket was refused */
export function roomErrorOf(problem: unknown): RoomError {
  const { code, details } = (typeof problem === 'object' && problem ? problem : {}) as Record<string, unknown>;
  const known = typeof details === 'object' && details !== null ? (details as ErrorDetails) : {};
  return new RoomError(isErrorCode(code) ? code : 'internal', known);
}
