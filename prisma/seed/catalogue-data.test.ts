import { StatementBody } from '@lianzhen/contracts/ecg.ts';
import { TemplateBody } from '@lianzhen/contracts/reporting.ts';
import { expect, test } from 'vitest';
import { diagnoses } from './diagnoses.ts';
import { ecgStatements } from './ecg-statements.ts';
import { examCatalogue } from './exam-catalogue.ts';
import { reportTemplates } from './report-templates.ts';

const doubled = (values: string[]) => values.filter((value, at) => values.indexOf(value) !== at);

test('every diagnosis has a code of ICD-10 and a name, once', () => {
  for (const { code, name } of diagnoses) {
    expect(code).toMatch(/^[A-Z]\d\d(\.\d)?$/);
    expect(name).not.toBe('');
  }
  expect(doubled(diagnoses.map(({ code }) => code))).toEqual([]);
  expect(diagnoses.length).toBeGreaterThan(300);
});

test('every exam can be written into a DICOM worklist, and is told from the others by its name', () => {
  for (const exam of examCatalogue) {
    expect(exam.bodyPart).toMatch(/^[A-Z]{1,16}$/);
    expect(exam.modality).toMatch(/^[A-Z]{2,3}$/);
    expect(exam.code.length).toBeLessThanOrEqual(40);
  }
  expect(doubled(examCatalogue.map(({ code }) => code))).toEqual([]);
  expect(doubled(examCatalogue.map(({ name }) => name))).toEqual([]);
});

test('every template is one that a person could have saved', () => {
  for (const template of reportTemplates) expect(TemplateBody.safeParse(template).error).toBeUndefined();
  expect(doubled(reportTemplates.map(({ name }) => name))).toEqual([]);
});

test('a template offered by body part is for one that can be asked for', () => {
  const parts = new Set(examCatalogue.map(({ modality, bodyPart }) => `${modality} ${bodyPart}`));
  const offered = reportTemplates.filter(({ bodyPart }) => bodyPart !== null);
  for (const { modality, bodyPart } of offered) expect(parts).toContain(`${modality} ${bodyPart}`);
});

test('every sentence about an electrocardiogram is one that a centre could have written; codes and keys are there once', () => {
  for (const statement of ecgStatements) expect(StatementBody.parse(statement)).toEqual(statement);
  expect(ecgStatements.length).toBeGreaterThanOrEqual(80);
  expect(doubled(ecgStatements.map(({ code }) => code))).toEqual([]);
  expect(doubled(ecgStatements.map(({ zh }) => zh))).toEqual([]);
  expect(doubled(ecgStatements.flatMap(({ key }) => key ?? []))).toEqual([]);
  expect(ecgStatements.find(({ key }) => key === 'n')?.zh).toBe('正常心电图');
});
