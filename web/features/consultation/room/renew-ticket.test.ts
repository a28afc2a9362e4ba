import { expect, test } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import { renewOf } from './renew-ticket.ts';

const failing = (code: ApiError['code']) => renewOf(() => Promise.reject(new ApiError(code)));

test('who may not come in any more is told how it ended', async () => {
  expect(await failing('wrong-state')()).toEqual({ over: 'ended', text: '' });
  expect(await failing('forbidden')()).toEqual({ over: 'refused', text: '' });
});

test('a hub that cannot be reached is asked again', async () => {
  for (const code of ['unreachable', 'unavailable', 'internal', 'rate-limited'] as const)
    await expect(failing(code)()).rejects.toMatchObject({ code });
});

test('whom the hub does not know may still have a seat in the room', async () => {
  expect(await failing('unauthenticated')()).toEqual({ unlessKept: 'logged-out' });
  expect(await failing('wrong-credentials')()).toEqual({ unlessKept: 'refused' });
});
