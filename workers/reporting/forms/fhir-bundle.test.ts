import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { countyHospital, reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { renderFhirBundle } from './fhir-bundle.ts';
import type { BundleEntry, DiagnosticReport, TransactionBundle } from './fhir-types.ts';

const pdf = Buffer.from('%PDF-1.7 sample');
const render = (changes: Parameters<typeof reportContent>[0] = {}) =>
  renderFhirBundle(reportContent(changes), pdf, { contentHash: sampleHash });
const entriesOf = (bundle: TransactionBundle, type: string) =>
  bundle.entry.filter(({ resource }) => resource.resourceType === type);
const reportOf = (bundle: TransactionBundle) =>
  entriesOf(bundle, 'DiagnosticReport')[0] as BundleEntry<DiagnosticReport>;

test('the transaction of a report of two exams', async () => {
  await expect(`${JSON.stringify(render(), null, 2)}\n`).toMatchFileSnapshot('./golden/fhir-two-exams.json');
});

test('every reference points into the bundle and nothing is named twice', () => {
  const bundle = render();
  const urls = bundle.entry.map(({ fullUrl }) => fullUrl);
  expect(new Set(urls).size).toBe(urls.length);
  const text = JSON.stringify(bundle);
  for (const [, reference] of text.matchAll(/"reference":"(urn:uuid:[^"]+)"/g)) expect(urls).toContain(reference);
  expect(entriesOf(bundle, 'ServiceRequest')).toHaveLength(2);
});

test('a facility that asks its own centre is one organisation', () => {
  const content = reportContent();
  const bundle = render({ order: { ...content.order, requestingFacility: countyHospital } });
  expect(entriesOf(bundle, 'Organization')).toHaveLength(1);
});

test('what belongs to the receiver is made once, what belongs to the hub is replaced', () => {
  const bundle = render();
  expect(entriesOf(bundle, 'Patient')[0]?.request).toEqual({
    method: 'POST',
    url: 'Patient',
    ifNoneExist: 'identifier=urn%3Aoid%3A2.16.156.10011.1.3|110101199003020023',
  });
  expect(reportOf(bundle).request).toEqual({
    method: 'PUT',
    url: `DiagnosticReport?identifier=urn%3Aietf%3Arfc%3A3986|urn%3Auuid%3A${reportContent().reportId}`,
  });
});

test('a corrected version goes to the same report and says what it replaces', () => {
  const first = reportOf(render());
  const second = reportOf(
    render({ kind: 'corrected', versionNumber: 2, replacesVersion: 1, amendmentReason: '侧别更正', advice: '' }),
  );
  expect(second.request).toEqual(first.request);
  expect(second.resource.status).toBe('corrected');
  expect(second.resource.extension).toContainEqual({ url: 'urn:lianzhen:fhir:replaces-version', valueInteger: 1 });
  expect(second.resource.result).toEqual([{ reference: '#findings' }]);
});

test('the narrative holds every text, escaped', () => {
  const hostile = '<script>alert("1")</script> & \u202e\u0000 ]]> <div>';
  const { text } = reportOf(render({ findings: hostile, impression: hostile })).resource;
  expect(XMLValidator.validate(text.div)).toBe(true);
  expect(text.div).not.toContain('<script');
  expect(text.div).toContain(
    '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; [U+202E][U+0000] ]]&gt; &lt;div&gt;',
  );
});

test('the PDF is carried whole', () => {
  const form = reportOf(render()).resource.presentedForm[0];
  expect(Buffer.from(form?.data ?? '', 'base64').equals(pdf)).toBe(true);
  expect(form?.size).toBe(pdf.length);
});
