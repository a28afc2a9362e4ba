import { expect, test } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { explain } from './explain.ts';

test('the winner of a race is named', () => {
  const error = new ApiError('already-claimed', { details: { holder: '周志强' } });
  expect(explain(error, 'zh')).toEqual(['现由 周志强 占用']);
});

test('a missing agreement says what is missing, a limit how long to wait', () => {
  expect(explain(new ApiError('no-agreement', { details: { missing: 'expired' } }), 'zh')).toEqual(['协议已到期']);
  expect(explain(new ApiError('rate-limited', { details: { retryAfterSeconds: 120 } }), 'en')).toEqual([
    'Try again in 2 min',
  ]);
});

test('a weak password says why; details that nobody can act on are not shown', () => {
  expect(explain(new ApiError('weak-password', { details: { reason: 'guessable' } }), 'zh')).toHaveLength(1);
  expect(explain(new ApiError('weak-password', { details: { minimum: 10 } }), 'zh')).toEqual([]);
  expect(explain(new ApiError('internal', { details: { missing: 'constructor' } }), 'zh')).toEqual([]);
});

test('a host that may not be reached names the setting of whoever can change that', () => {
  const error = new ApiError('bad-input', { details: { why: 'host-not-allowed', fields: [{ field: 'config.host' }] } });
  for (const language of ['zh', 'en'] as const) expect(explain(error, language)[0]).toContain('HUB_DESTINATION_HOSTS');
});
