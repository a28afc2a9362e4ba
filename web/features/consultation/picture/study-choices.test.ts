import { expect, test } from 'vitest';
import { choiceTitle, studyChoices } from './study-choices.ts';

const study = (studyInstanceUid: string, modality: string, studyDate: string) => ({
  ...{ studyInstanceUid, studyDate, modalities: [modality, 'KO'], description: null },
});

test('studies that would be called the same are counted; what is made of them does not name them', () => {
  const choices = studyChoices([
    study('1', 'ECG', '20260301'),
    study('2', 'CT', '20260301'),
    study('3', 'ECG', '20260301'),
    study('4', 'ECG', '20260302'),
  ]);
  expect(choices.map((choice) => choiceTitle(choice, '心电图'))).toEqual([
    '心电图 · 2026-03-01 (1/2)',
    'CT · 2026-03-01',
    '心电图 · 2026-03-01 (2/2)',
    '心电图 · 2026-03-02',
  ]);
});
