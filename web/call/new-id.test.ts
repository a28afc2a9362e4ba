import { Id } from '@lianzhen/contracts/fields.ts';
import { expect, test } from 'vitest';
import { newId } from './new-id.ts';

test('an id is one that the hub takes, and no two are the same', () => {
  const ids = Array.from({ length: 50 }, newId);
  expect(ids.every((id) => Id.safeParse(id).success)).toBe(true);
  expect(new Set(ids).size).toBe(50);
});
