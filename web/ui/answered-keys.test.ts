import { expect, test } from 'vitest';
import { isAnswered } from './answered-keys.ts';

const answered = { typed: 'liu', asked: 'liu', isPlaceholderData: false, data: { rows: [] }, error: null };

test('lines are chosen from once they answer what is typed', () => {
  expect(isAnswered(answered)).toBe(true);
  expect(isAnswered({ ...answered, typed: ' liu ' })).toBe(true);
});

test('an older answer, or none yet, is nothing to choose from', () => {
  expect(isAnswered({ ...answered, typed: 'liuj' })).toBe(false);
  expect(isAnswered({ ...answered, isPlaceholderData: true })).toBe(false);
  expect(isAnswered({ ...answered, data: undefined })).toBe(false);
});

test('a search that failed holds nobody up', () => {
  expect(isAnswered({ ...answered, data: undefined, error: new Error('no link') })).toBe(true);
});
