import { expect, test } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { signedOnceSaved } from './signed-once-saved.ts';

const atOnce = () => Promise.resolve();

test('the last marks are waited for, then it is signed', async () => {
  let asked = 0;
  const sign = async () => {
    asked += 1;
    if (asked < 3) throw new ApiError('marks-unsaved');
    return 'signed';
  };
  expect(await signedOnceSaved(sign, atOnce)).toBe('signed');
  expect(asked).toBe(3);
});

test('another refusal is told at once; waiting has an end', async () => {
  let asked = 0;
  const refused = (code: 'stale-revision' | 'marks-unsaved') =>
    signedOnceSaved(async () => {
      asked += 1;
      throw new ApiError(code);
    }, atOnce);
  await expect(refused('stale-revision')).rejects.toMatchObject({ code: 'stale-revision' });
  expect(asked).toBe(1);
  await expect(refused('marks-unsaved')).rejects.toMatchObject({ code: 'marks-unsaved' });
  expect(asked).toBe(16);
});
