import { expect, test } from 'vitest';
import { type Body, cleanText, missingIn, plainText, sameBody } from './report-body.ts';

const body: Body = {
  findings: '双肺纹理清晰。',
  impression: '未见异常。',
  advice: '',
  positive: false,
  critical: false,
  criticalText: null,
  templateId: null,
  ecg: null,
};

test('control characters go, lines and tabs stay', () => {
  expect(cleanText('a\u0000b\r\nc\td\u000be\u0085')).toBe('ab\nc\tde');
});

test('what the hub trims is no difference', () => {
  expect(sameBody(body, { ...body, criticalText: '  ' })).toBe(true);
  expect(sameBody(body, { ...body, findings: `${body.findings} ` })).toBe(false);
});

test('every part that is missing is named', () => {
  expect(missingIn(body)).toEqual([]);
  const blank = { ...body, findings: ' ', impression: '', positive: null, critical: true };
  expect(missingIn(blank)).toEqual(['findings', 'impression', 'criticalText', 'positive']);
});

test('plain text has titles and no empty parts', () => {
  expect(plainText(body, { findings: 'F', impression: 'I', advice: 'A' })).toBe('F\n双肺纹理清晰。\n\nI\n未见异常。');
});
