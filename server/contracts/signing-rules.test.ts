import { expect, test } from 'vitest';
import { signsAlone } from './signing-rules.ts';

const normal = { positive: false, critical: false };

test('two sign unless the centre says otherwise', () => {
  expect(signsAlone('two', normal, 'chief')).toBe(false);
  expect(signsAlone('one-when-normal', normal, 'attending')).toBe(true);
  expect(signsAlone('one', { ...normal, positive: true }, 'attending')).toBe(true);
});

test('what is wrong, or not said, takes two where one may sign only the normal', () => {
  expect(signsAlone('one-when-normal', { ...normal, positive: true }, 'chief')).toBe(false);
  expect(signsAlone('one-when-normal', { ...normal, positive: null }, 'chief')).toBe(false);
});

test('nobody signs something critical alone, and no resident anything', () => {
  expect(signsAlone('one', { ...normal, critical: true }, 'chief')).toBe(false);
  expect(signsAlone('one', normal, 'resident')).toBe(false);
  expect(signsAlone('one', normal, null)).toBe(false);
});
