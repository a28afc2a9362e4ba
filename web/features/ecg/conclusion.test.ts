import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import { expect, test } from 'vitest';
import { conclusionText, hasOwnWords, recombine, verdictOf } from './conclusion.ts';

const one = { code: 'SR', zh: '窦性心律', en: 'Sinus rhythm' };
const two = { code: 'CRBBB', zh: '完全性右束支传导阻滞', en: 'Complete RBBB' };
const three = { code: 'STEMI', zh: '急性心肌梗死', en: 'Acute MI' };
const row = (said: typeof one, positive: boolean, critical = false) =>
  ({
    ...said,
    id: said.code,
    group: 'rhythm',
    key: null,
    isOwn: false,
    revision: 1,
    positive,
    critical,
  }) as StatementView;
const library = [row(one, false), row(two, true), row(three, true, true)];

test('one sentence stands alone, several have numbers', () => {
  expect(conclusionText([])).toBe('');
  expect(conclusionText([one])).toBe('窦性心律');
  expect(conclusionText([one, two])).toBe('1. 窦性心律\n2. 完全性右束支传导阻滞');
});

test('what a person typed around the sentences stays', () => {
  expect(recombine('', [], [one])).toBe('窦性心律');
  expect(recombine('窦性心律\n请随访', [one], [one, two])).toBe('1. 窦性心律\n2. 完全性右束支传导阻滞\n请随访');
  expect(recombine('1. 窦性心律\n2. 完全性右束支传导阻滞\n请随访', [one, two], [two])).toBe(
    '完全性右束支传导阻滞\n请随访',
  );
  expect(recombine('前言\n窦性心律\n请随访', [one], [])).toBe('前言\n请随访');
});

test('where the block was written over, new sentences come after it and removed ones go', () => {
  expect(recombine('自己写的结论', [one], [one, two])).toBe('自己写的结论\n窦性心律\n完全性右束支传导阻滞');
  expect(recombine('窦性心律\n补充\n完全性右束支传导阻滞', [one, two], [two])).toBe('补充\n完全性右束支传导阻滞');
});

test('words of one’s own are told from sentences of the library', () => {
  expect(hasOwnWords('1. 窦性心律\n2. 完全性右束支传导阻滞', [one, two])).toBe(false);
  expect(hasOwnWords('窦性心律，ST 段抬高', [one])).toBe(true);
});

test('one positive sentence makes a positive report, one critical a critical one; an unknown code is never negative', () => {
  expect(verdictOf([], library).positive).toBeNull();
  expect(verdictOf([one], library)).toEqual({ positive: false, critical: false, criticalText: null });
  expect(verdictOf([one, two], library).positive).toBe(true);
  expect(verdictOf([one, three], library)).toMatchObject({ critical: true, criticalText: '急性心肌梗死' });
  expect(verdictOf([{ ...one, code: 'GONE' }], library).positive).toBe(true);
});
