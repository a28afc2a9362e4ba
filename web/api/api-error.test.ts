import { problemOf } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { ApiError, asApiError, errorFromProblem } from './api-error.ts';

test('a problem document keeps its code, details and request number', () => {
  const body = problemOf('stale-revision', { expected: 3, found: 4 }, 'req-1', 'zh');
  const error = errorFromProblem(409, body, 'from-header');
  expect(error).toMatchObject({ code: 'stale-revision', status: 409, requestId: 'req-1' });
  expect(error.details).toEqual({ expected: 3, found: 4 });
});

test.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [413, 'too-large'],
  [429, 'rate-limited'],
  [500, 'internal'],
  [502, 'unreachable'],
  [503, 'unavailable'],
  [418, 'malformed-request'],
])('a proxy’s page with status %i is read as %s', (status, code) => {
  expect(errorFromProblem(status, '<html>', 'req-2')).toMatchObject({ code, requestId: 'req-2', details: {} });
});

test('a code that the contract does not know is not taken over', () => {
  expect(errorFromProblem(500, { code: 'constructor' }, null).code).toBe('internal');
});

test('no answer at all is unreachable; an ApiError stays itself', () => {
  const error = new ApiError('forbidden');
  expect(asApiError(error)).toBe(error);
  expect(asApiError(new TypeError('Failed to fetch')).code).toBe('unreachable');
});
