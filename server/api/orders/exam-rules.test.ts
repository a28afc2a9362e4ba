import { expect, test } from 'vitest';
import { examProblems } from './exam-rules.ts';

const item = (code: string, hasSides: boolean, line = 'imaging') =>
  [code, { code, line, name: code, modality: 'DX', bodyPart: 'HAND', hasSides }] as const;
const items = new Map([item('CHEST', false), item('HAND', true), item('ECG', false, 'ecg')]);
const fields = (...exams: Array<{ examCode: string; laterality: 'left' | 'right' | 'both' | null }>) =>
  examProblems(exams, items, 'imaging').map(({ field }) => field);

test('exams of the catalogue, with a side where they have one', () => {
  expect(fields({ examCode: 'CHEST', laterality: null }, { examCode: 'HAND', laterality: 'left' })).toEqual([]);
  expect(fields({ examCode: 'HAND', laterality: 'left' }, { examCode: 'HAND', laterality: 'right' })).toEqual([]);
});

test('every wrong one is named by its place', () => {
  expect(
    fields(
      { examCode: 'NONE', laterality: null },
      { examCode: 'ECG', laterality: null },
      { examCode: 'HAND', laterality: null },
      { examCode: 'CHEST', laterality: 'left' },
    ),
  ).toEqual(['exams.0.examCode', 'exams.1.examCode', 'exams.2.laterality', 'exams.3.laterality']);
});

test('the same exam of the same side is asked for once', () => {
  expect(fields({ examCode: 'HAND', laterality: 'left' }, { examCode: 'HAND', laterality: 'left' })).toEqual([
    'exams.1',
  ]);
});
