import { expect, test } from 'vitest';
import { dateText, nameText, patientAge, studyMoment } from './patient-text.ts';

const patient = (change: { age?: string; birthDate?: string }) => ({
  name: { alphabetic: '', ideographic: '', phonetic: '' },
  id: '',
  sex: '',
  birthDate: '',
  age: '',
  ...change,
});

test('all groups of a name are shown, characters first', () => {
  expect(nameText({ alphabetic: 'Wang XiaoDong', ideographic: '王小东', phonetic: 'ワン' })).toBe(
    '王小东 (Wang XiaoDong · ワン)',
  );
  expect(nameText({ alphabetic: 'Doe', ideographic: '', phonetic: '' })).toBe('Doe');
});

test('the age is what the device wrote, else the time since birth', () => {
  expect(patientAge(patient({ age: '045Y' }), '20260101')).toEqual({ count: 45, unit: 'years' });
  expect(patientAge(patient({ birthDate: '19800615' }), '20260614')).toEqual({ count: 45, unit: 'years' });
  expect(patientAge(patient({ birthDate: '20251103' }), '20260102')).toEqual({ count: 1, unit: 'months' });
  expect(patientAge(patient({ birthDate: '20251230' }), '20260102')).toEqual({ count: 3, unit: 'days' });
  expect(patientAge(patient({ birthDate: '20270101' }), '20260102')).toBeNull();
});

test('a study with an offset is shown in the zone of the reader', () => {
  const study = { date: '20260101', time: '233000.5', timezone: '+0000' };
  expect(studyMoment(study, 'Asia/Shanghai')).toBe('2026-01-02 07:30');
  expect(studyMoment({ ...study, timezone: '+0800' }, 'Asia/Shanghai')).toBe('2026-01-01 23:30');
});

test('without an offset the clock of the device stays as it stood', () => {
  expect(studyMoment({ date: '20260101', time: '2330', timezone: '' }, 'America/New_York')).toBe('2026-01-01 23:30');
  expect(studyMoment({ date: '20260101', time: '', timezone: '+0800' })).toBe('2026-01-01');
  expect(studyMoment({ date: 'unknown', time: '', timezone: '' })).toBe('unknown');
  expect(dateText('20080822')).toBe('2008-08-22');
});
