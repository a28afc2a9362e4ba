import type { ErrorCode } from '@lianzhen/contracts/errors.ts';
import { problemFor, statusOf } from '../http/problem.ts';

/** http://hl7.org/fhir/R4/valueset-issue-type.html */
const issueTypes: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'login',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'bad-input': 'invalid',
  'malformed-request': 'structure',
  'too-large': 'too-long',
  'rate-limited': 'throttled',
  unavailable: 'transient',
};

/** An error as FHIR says it. */
export function outcomeOf(cause: unknown, requestId: string, language: 'zh' | 'en') {
  const problem = problemFor(cause, requestId, language);
  const diagnostics =
    problem.details && Object.keys(problem.details).length > 0 ? JSON.stringify(problem.details) : undefined;
  return {
    status: statusOf(cause),
    body: {
      resourceType: 'OperationOutcome',
      id: requestId,
      issue: [
        {
          severity: 'error',
          code: issueTypes[problem.code] ?? 'processing',
          details: { text: problem.title },
          diagnostics,
        },
      ],
    },
  };
}
