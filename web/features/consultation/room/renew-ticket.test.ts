import { expect, test } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import { renewOf } from './renew-ticket.ts';

const failing = (code: ApiError['code']) => renewOf(() => Promise.reject(new ApiError(code)));

test('who may not come in any more is told how it ended', async () => {
  expect(await failing('wrong-state')()).toEqual({ over: 'ended', text: '' });
  expect(await failing('forbidden')()).toEqual({ over: 'refused', text: '' });
});

test('a hub that cannot be reached, or a session to be renewed, is not the end', async () => {
  await expect(failing('unreachable')()).rejects.toMatchObject({ code: 'unreachable' });
  await expect(failing('unauthenticated')()).rejects.toMatchObject({ code: 'unauthenticated' });
});
