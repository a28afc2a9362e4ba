import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import { expect, test } from 'vitest';
import { findStatements, statementOfKey } from './find-statements.ts';

const row = (code: string, zh: string, en: string, key: string | null = null) =>
  ({
    code,
    zh,
    en,
    key,
    id: code,
    group: 'rhythm',
    positive: true,
    critical: false,
    isOwn: false,
    revision: 1,
  }) as StatementView;
const library = [
  row('AF', '心房颤动', 'Atrial fibrillation', 'g'),
  row('NORM', '正常心电图', 'Normal ECG', 'n'),
  row('NSVT', '短阵室性心动过速', 'Non-sustained ventricular tachycardia'),
  row('CRBBB', '完全性右束支传导阻滞', 'Complete right bundle branch block', 'r'),
  row('RVH', '右心室肥厚', 'Right ventricular hypertrophy'),
];
const codes = (typed: string) => findStatements(library, typed).map(({ code }) => code);

test('a key comes before a code, a code before words', () => {
  expect(codes('n')[0]).toBe('NORM');
  expect(codes('af')).toEqual(['AF']);
  expect(codes('r').slice(0, 2)).toEqual(['CRBBB', 'RVH']);
});

test('Chinese is found by its beginning, by a part and by its letters in order; English by its words', () => {
  expect(codes('右')).toEqual(['RVH', 'CRBBB']);
  expect(codes('右束阻')).toEqual(['CRBBB']);
  expect(codes('bundle')).toEqual(['CRBBB']);
  expect(codes('没有这一句')).toEqual([]);
});

test('hostile input is only text', () => {
  expect(codes('.*')).toEqual([]);
  expect(codes('\\')).toEqual([]);
});

test('nothing typed offers those with a key first', () => {
  expect(codes('').slice(0, 3)).toEqual(['AF', 'NORM', 'CRBBB']);
  expect(statementOfKey(library, 'N')?.code).toBe('NORM');
  expect(statementOfKey(library, 'q')).toBeUndefined();
});
