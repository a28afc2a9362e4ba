import { expect, test } from 'vitest';
import { ecgPart, ecgReport } from '../../../tests/factories/ecg-report.ts';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { renderOru } from './hl7-oru.ts';

const rowsOf = (content = ecgReport()) =>
  renderOru(content, { contentHash: sampleHash })
    .split('\r')
    .filter((line) => line.startsWith('OBX|'))
    .map((line) => line.split('|'));

test('the message of a report on an electrocardiogram', async () => {
  const oru = renderOru(ecgReport(), { contentHash: sampleHash });
  await expect(oru.replaceAll('\r', '\n')).toMatchFileSnapshot('./golden/oru-ecg.hl7');
});

test('a number that was not measured has no row, and no other number takes its place', () => {
  const { numbers } = ecgPart();
  const ecg = ecgPart({ numbers: { ...numbers, prMs: null, pAxis: null, sv1Uv: null } });
  const codes = (rows: string[][]) => rows.filter((row) => row[2] === 'NM').map((row) => row[3]?.split('^')[0]);
  const missing = ['8625-6', '8626-4', 'ECG-SV1', 'ECG-RV5-SV1'];
  expect(codes(rowsOf(ecgReport({ ecg })))).toEqual(codes(rowsOf()).filter((code) => !missing.includes(code ?? '')));
});

test.each([
  ['bazett', '146952', '122730'],
  ['fridericia', '146964', '122732'],
  ['framingham', '147236', '122733'],
  ['hodges', '147236', '122731'],
] as const)('a QTc by %s says so', (qtcFormula, mdc, method) => {
  const rows = rowsOf(ecgReport({ ecg: ecgPart({ numbers: { ...ecgPart().numbers, qtcFormula } }) }));
  const row = rows.find((one) => one[3]?.startsWith('8636-3^'));
  expect(row?.[3]?.split('^').slice(2, 4)).toEqual(['LN', mdc]);
  expect(row?.[6]).toBe('ms^millisecond^UCUM');
  expect(row?.[17]?.split('^')).toEqual([method, expect.any(String), 'DCM']);
});

test('what a person wrote cannot add a component, a field or a segment', () => {
  const hostile = 'a^b|c&d~e\\f\rOBX|99';
  const ecg = ecgPart({
    statements: [{ code: hostile.slice(0, 20), zh: hostile, en: hostile }],
    comparison: hostile,
    sopInstanceUid: hostile,
    comparedWith: { traceId: ecgPart().traceId, acquiredAt: hostile, facilityName: hostile },
  });
  const rows = rowsOf(ecgReport({ ecg }));
  expect(rows).toHaveLength(rowsOf().length - 1);
  for (const row of rows) expect(row.length).toBe(24);
  expect(rows.find((row) => row[3]?.startsWith('ECG-STATEMENT'))?.[5]?.split('^')).toHaveLength(3);
});

test('other reports have no such rows', () => {
  expect(rowsOf(reportContent()).some((row) => /ECG-|\^MDC/.test(row[3] ?? ''))).toBe(false);
});
