import { type ErrorDetails, errorCodes, HubError, type Problem, problemOf } from '@lianzhen/contracts/errors.ts';
import { isUniqueViolation, Prisma } from '@lianzhen/db/client.ts';
import { isDatabaseGone } from '@lianzhen/db/database-gone.ts';
import { ORPCError, ValidationError } from '@orpc/contract';

/** What any thrown value is in the hub's own words. Unknown ones are `internal`, and tell nothing. */
export function asHubError(cause: unknown): HubError {
  if (cause instanceof HubError) return cause;
  if (cause instanceof ORPCError) return fromOrpc(cause);
  if (isUniqueViolation(cause)) return new HubError('already-exists', {}, { cause });
  if (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === 'P2025')
    return new HubError('not-found', {}, { cause });
  if (isDatabaseGone(cause)) return new HubError('unavailable', { part: 'database' }, { cause });
  const { type, status } = (cause ?? {}) as { type?: string; status?: number };
  if (type === 'entity.too.large') return new HubError('too-large', {}, { cause });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new HubError('malformed-request', {}, { cause });
  return new HubError('internal', {}, { cause });
}

function fromOrpc(cause: ORPCError<string, unknown>): HubError {
  const { cause: validation } = cause;
  if (cause.status === 400 && validation instanceof ValidationError) {
    return new HubError('bad-input', { fields: fieldsOf(validation) }, { cause });
  }
  return new HubError(cause.status >= 500 ? 'internal' : 'malformed-request', {}, { cause });
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
