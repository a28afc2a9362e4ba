import { personName, text } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { expect, test } from 'vitest';
import { reportContent } from '../../../tests/factories/report-content.ts';
import { encapsulatedPdfs } from './encapsulated-pdf.ts';

const pdf = Buffer.from('%PDF-1.7 odd');
const study = (uid: string) => ({
  studyInstanceUid: uid,
  studyDate: '20260302',
  modalities: ['DX'],
  seriesCount: 1,
  instanceCount: 1,
  revision: 1,
});

test('every study of the report gets an object, and an order without one gets a study', () => {
  const content = reportContent();
  const [first, second] = content.exams;
  if (!first || !second) throw new Error('the sample has two exams');
  const exams = [
    { ...first, studies: [study('1.2.3'), study('1.2.4')] },
    { ...second, studies: [study('1.2.4')] },
  ];
  const uids = (changes: object) =>
    encapsulatedPdfs(reportContent(changes), pdf).map((json) => text(json, tags.StudyInstanceUID));
  expect(uids({ exams })).toEqual(['1.2.3', '1.2.4']);
  const none = uids({ exams: [{ ...first, studies: [] }] });
  expect(none).toEqual(uids({ exams: [{ ...first, studies: [] }] }));
  expect(none[0]).toMatch(/^2\.25\.\d+$/);
});

test('a repeat has the same bytes, the next version another instance of the same series', () => {
  const bytes = (changes: object = {}) =>
    encapsulatedPdfs(reportContent(changes), pdf).map((json) => writePart10(json));
  expect(bytes()).toEqual(bytes());
  const [first] = encapsulatedPdfs(reportContent(), pdf);
  const [second] = encapsulatedPdfs(reportContent({ kind: 'corrected', versionNumber: 2 }), pdf);
  if (!first || !second) throw new Error('one object each');
  expect(text(second, tags.SeriesInstanceUID)).toBe(text(first, tags.SeriesInstanceUID));
  expect(text(second, tags.SOPInstanceUID)).not.toBe(text(first, tags.SOPInstanceUID));
});

test('texts that do not fit are cut and cannot make two values of one', () => {
  const content = reportContent();
  content.patient.name = `张\\三^=${'长'.repeat(200)}\u202e`;
  content.patient.identifiers = [{ type: 'mrn', issuer: 'T\\01', value: 'M\\7\r' }];
  content.centre.facility = { ...content.centre.facility, name: '院'.repeat(200) };
  const [json] = encapsulatedPdfs(content, pdf);
  if (!json) throw new Error('one object');
  expect(() => writePart10(json)).not.toThrow();
  expect(personName(json, tags.PatientName)?.Ideographic?.startsWith('张 三')).toBe(true);
  expect(text(json, tags.PatientID)).toBe('M 7');
});
