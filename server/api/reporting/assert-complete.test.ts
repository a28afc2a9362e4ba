import type { HubError } from '@lianzhen/contracts/errors.ts';
import { expect, test } from 'vitest';
import { assertComplete } from './assert-complete.ts';

const text = {
  id: 'r',
  findings: '所见',
  impression: '诊断',
  advice: '',
  positive: false,
  critical: false,
  criticalText: null,
  ecg: null,
};
const missing = (changes: object): string[] => {
  try {
    assertComplete({ ...text, ...changes });
    return [];
  } catch (error) {
    return (error as HubError).details.fields as string[];
  }
};

test('findings, an impression and positive or negative are enough', () => {
  expect(missing({})).toEqual([]);
});

test('every missing part is named at once', () => {
  expect(missing({ findings: ' \n', impression: '', positive: null, critical: true })).toMatchObject([
    { field: 'findings' },
    { field: 'impression' },
    { field: 'positive' },
    { field: 'criticalText' },
  ]);
});

test('what is critical is said', () => {
  expect(missing({ critical: true, criticalText: '张力性气胸' })).toEqual([]);
});
