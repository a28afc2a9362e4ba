import {
  type ErrorCode,
  type ErrorDetails,
  errorCodes,
  HubError,
  type Problem,
  problemOf,
} from '@lianzhen/contracts/errors.ts';
import { isForeignKeyViolation, isUniqueViolation, Prisma } from '@lianzhen/db/client.ts';
import { isDatabaseGone } from '@lianzhen/db/database-gone.ts';
import { isUnstorable } from '@lianzhen/db/unstorable.ts';
import { ORPCError, ValidationError } from '@orpc/contract';

/** What any thrown value is in the hub's own words. Unknown ones are `internal`, and tell nothing. */
export function asHubError(cause: unknown): HubError {
  if (cause instanceof HubError) return cause;
  if (cause instanceof ORPCError) return fromOrpc(cause);
  if (isUniqueViolation(cause)) return new HubError('already-exists', {}, { cause });
  if (isForeignKeyViolation(cause))
    return new HubError('bad-input', { reason: 'it names what is not there' }, { cause });
  if (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === 'P2025')
    return new HubError('not-found', {}, { cause });
  if (isUnstorable(cause))
    return new HubError('bad-input', { reason: 'a text, day or number that cannot be' }, { cause });
  if (isDatabaseGone(cause)) return new HubError('unavailable', { part: 'database' }, { cause });
  return fromLibrary(cause);
}

/** Express, its body parser and its file server throw errors with the status that they would answer with. */
const libraryStatuses: Record<number, ErrorCode> = {
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  413: 'too-large',
  415: 'unsupported-media-type',
};
function fromLibrary(cause: unknown): HubError {
  const { status } = (cause ?? {}) as { status?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return new HubError('internal', {}, { cause });
  return new HubError(libraryStatuses[status] ?? 'malformed-request', {}, { cause });
}

function fromOrpc(cause: ORPCError<string, unknown>): HubError {
  const { cause: validation } = cause;
  if (cause.status === 400 && validation instanceof ValidationError) {
    return new HubError('bad-input', { fields: fieldsOf(validation) }, { cause });
  }
  return fromLibrary(cause);
}

/** Which field, and what was expected there. The value itself is not repeated. */
function fieldsOf(error: ValidationError): Array<{ field: string; expected: string }> {
  return error.issues.slice(0, 50).map((issue) => ({
    field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    expected: issue.message,
  }));
}

export function problemFor(cause: unknown, requestId: string, language: 'zh' | 'en'): Problem {
  const error = asHubError(cause);
  const details: ErrorDetails = error.code === 'internal' ? {} : error.details;
  return problemOf(error.code, details, requestId, language);
}

export const statusOf = (cause: unknown): number => errorCodes[asHubError(cause).code].status;

/** What is said in headers beside the problem: when to come again. */
export function problemHeaders(cause: unknown): Record<string, string> {
  const { retryAfterSeconds } = asHubError(cause).details;
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': String(retryAfterSeconds) } : {};
}
