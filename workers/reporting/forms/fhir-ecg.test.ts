import { afterEach, expect, test } from 'vitest';
import { ecgPart, ecgReport } from '../../../tests/factories/ecg-report.ts';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { type FhirReceiver, startFhirReceiver } from '../../../tests/sims/fhir-receiver.ts';
import { sendFhir } from '../../delivery/adapters/fhir.ts';
import { renderFhirBundle } from './fhir-bundle.ts';
import type { DiagnosticReport, Observation } from './fhir-types.ts';

const pdf = Buffer.from('%PDF-1.7 sample');
const bundleOf = (content = ecgReport()) => renderFhirBundle(content, pdf, { contentHash: sampleHash });
const reportOf = (content = ecgReport()) => {
  const found = bundleOf(content).entry.find(({ resource }) => resource.resourceType === 'DiagnosticReport');
  return found?.resource as DiagnosticReport;
};
const numbersOf = (report: DiagnosticReport) =>
  report.contained.filter(
    (one): one is Observation => one.resourceType === 'Observation' && one.valueQuantity !== undefined,
  );

let receiver: FhirReceiver | undefined;
afterEach(() => receiver?.close());

test('the transaction of a report on an electrocardiogram', async () => {
  await expect(`${JSON.stringify(bundleOf(), null, 2)}\n`).toMatchFileSnapshot('./golden/fhir-ecg.json');
});

test('every number is an observation that the report refers to, by LOINC and ISO/IEEE 11073, in UCUM', () => {
  const report = reportOf();
  const numbers = numbersOf(report);
  expect(numbers).toHaveLength(13);
  const references = report.result.map(({ reference }) => reference);
  for (const { id } of report.contained) expect(references).toContain(`#${id}`);
  expect(new Set(references).size).toBe(references.length);
  const qtc = numbers.find(({ id }) => id === 'ecg-qtcms');
  expect(qtc?.code.coding?.map(({ system, code }) => `${system} ${code}`)).toEqual([
    'http://loinc.org 8636-3',
    'urn:iso:std:iso:11073:10101 146952',
  ]);
  expect(qtc?.valueQuantity).toEqual({ value: 426, unit: 'ms', code: 'ms', system: 'http://unitsofmeasure.org' });
  expect(qtc?.method?.text).toBe('Bazett QT Correction Algorithm');
});

test('the codes of the sentences follow the polarity', () => {
  const codes = reportOf().conclusionCode?.map(({ coding }) => coding?.[0]?.code);
  expect(codes).toEqual(['NEG', 'SR', 'LAD']);
  expect(reportOf(reportContent()).conclusionCode).toHaveLength(1);
});

test.each([
  ['2026-03-02T08:05:00.250+08:00', '2026-03-02T08:05:00.250+08:00'],
  ['2026-03-02T08:05:00', '2026-03-02'],
  ['2026-13-45T08:05:00+08:00', undefined],
  ['yesterday', undefined],
  [null, undefined],
])('recorded at %s is %s', (acquiredAt, expected) => {
  const report = reportOf(ecgReport({ ecg: ecgPart({ acquiredAt }) }));
  for (const number of numbersOf(report)) expect(number.effectiveDateTime).toBe(expected);
});

test('a hospital system files the report with its numbers once, and a correction replaces them', async () => {
  receiver = await startFhirReceiver();
  const { baseUrl, store } = receiver;
  const send = (content = ecgReport()) =>
    sendFhir(
      { form: 'fhir-bundle', bytes: Buffer.from(JSON.stringify(bundleOf(content))) },
      { id: 'd', kind: 'fhir', config: { baseUrl, timeoutMs: 5000 }, secrets: {} },
      { id: '018f0000-0000-7000-8000-00000000d007', content, contentHash: sampleHash },
      new AbortController().signal,
    );
  expect((await send()).outcome).toBe('accepted');
  const { numbers } = ecgPart();
  const ecg = ecgPart({ numbers: { ...numbers, prMs: null } });
  await send(ecgReport({ ecg, kind: 'corrected', versionNumber: 2, replacesVersion: 1 }));
  const [filed, ...others] = store.of('DiagnosticReport');
  expect(others).toEqual([]);
  const kept = filed as unknown as DiagnosticReport;
  expect(numbersOf(kept).map(({ id }) => id)).not.toContain('ecg-prms');
  expect(numbersOf(kept)).toHaveLength(12);
});
