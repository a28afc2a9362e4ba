import type { ErrorCode } from '@lianzhen/contracts/errors.ts';
import { asHubError, problemFor, statusOf } from '../http/problem.ts';
import { namedFields } from '../orders/named-fields.ts';

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
  'already-exists': 'duplicate',
  'stale-revision': 'conflict',
  'wrong-state': 'conflict',
  'identity-mismatch': 'conflict',
  'invalid-identifier': 'value',
  'consent-missing': 'required',
  'reason-required': 'required',
  'no-agreement': 'business-rule',
  'line-not-open': 'business-rule',
  'unsupported-media-type': 'not-supported',
  'not-acceptable': 'not-supported',
  'method-not-allowed': 'not-supported',
};
/** Where FHIR asks for another status: a changed version (http://hl7.org/fhir/R4/http.html#concurrency). */
const statuses: Partial<Record<ErrorCode, number>> = { 'stale-revision': 412 };

/** An error as FHIR says it: one issue for each element that is named, with what was expected there. */
export function outcomeOf(cause: unknown, requestId: string, language: 'zh' | 'en') {
  const problem = problemFor(cause, requestId, language);
  const error = asHubError(cause);
  const named = error.code === 'internal' ? [] : namedFields(error);
  const issue = {
    severity: 'error',
    code: issueTypes[problem.code] ?? 'processing',
    details: { text: problem.title },
  };
  const { fields: _fields, ...others } = problem.details ?? {};
  const rest = Object.keys(others).length > 0 ? JSON.stringify(others) : undefined;
  return {
    status: statuses[problem.code] ?? statusOf(cause),
    body: {
      resourceType: 'OperationOutcome',
      id: requestId,
      issue:
        named.length === 0
          ? [{ ...issue, diagnostics: rest }]
          : named.map(({ field, expected }) => ({
              ...issue,
              diagnostics: expected === undefined ? field : `${field}: ${String(expected)}`,
              // An element of what was sent; parameters and headers are none.
              ...(/^[A-Z][A-Za-z]+[.[]/.test(field) ? { expression: [field] } : {}),
            })),
    },
  };
}
