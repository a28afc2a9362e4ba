import { type ErrorCode, type ErrorDetails, isErrorCode } from '@lianzhen/contracts/errors.ts';

/** What can go wrong on this side of the wire: the hub's own codes, or no answer at all. */
export type ApiErrorCode = ErrorCode | 'unreachable';

/** An error as the pages see it: the hub's code and details, or `unreachable` where no answer came. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;
  readonly requestId: string | undefined;

  constructor(
    code: ApiErrorCode,
    facts: { status?: number; details?: ErrorDetails; requestId?: string; cause?: unknown } = {},
  ) {
    super(code, { cause: facts.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = facts.status ?? 0;
    this.details = facts.details ?? {};
    this.requestId = facts.requestId;
  }
}

const codeOfStatus = (status: number): ApiErrorCode => {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 429) return 'rate-limited';
  // A gateway without its server behind it is, for the person at the page, a hub that cannot be reached.
  if (status === 502 || status === 504) return 'unreachable';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'internal' : 'malformed-request';
};

/** @returns the error that a problem document (RFC 9457) tells of; a body that is none is read by its status alone. */
export function errorFromProblem(status: number, body: unknown, header: string | null): ApiError {
  const problem = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const code = isErrorCode(problem.code) ? problem.code : codeOfStatus(status);
  const details = typeof problem.details === 'object' && problem.details !== null ? problem.details : {};
  const requestId = typeof problem.requestId === 'string' ? problem.requestId : (header ?? undefined);
  return new ApiError(code, { status, details: details as ErrorDetails, requestId });
}

/** Every failure of a call as an ApiError; what is no answer of the hub counts as unreachable. */
export const asApiError = (cause: unknown): ApiError =>
  cause instanceof ApiError ? cause : new ApiError('unreachable', { cause });
