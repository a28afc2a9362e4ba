import { expect, test } from 'vitest';
import { type StoredBundle, servedResources } from './served-resource.ts';

const report = '0198a0d0-0000-7000-8000-000000000001';
const patient = '0198a0d0-0000-7000-8000-000000000002';
const bundle: StoredBundle = {
  entry: [
    {
      fullUrl: `urn:uuid:${report}`,
      resource: {
        resourceType: 'DiagnosticReport',
        meta: { lastUpdated: '1999-01-01T00:00:00Z', versionId: '9' },
        subject: { reference: `urn:uuid:${patient}`, display: `urn:uuid:${patient}` },
        result: [{ reference: 'Observation/elsewhere' }, { reference: 'urn:uuid:not-in-this-bundle' }],
        presentedForm: [{ data: `urn:uuid:${patient}` }],
      },
    },
    { fullUrl: `urn:uuid:${patient}`, resource: { resourceType: 'Patient', active: true, deceasedBoolean: false } },
  ],
};

test('references inside the bundle become this server’s, and nothing else changes', () => {
  const [first, second] = servedResources(bundle, '2026-11-22T02:00:00Z', 2);
  expect(first).toMatchObject({
    id: report,
    meta: { versionId: '2', lastUpdated: '2026-11-22T02:00:00Z' },
    subject: { reference: `Patient/${patient}`, display: `urn:uuid:${patient}` },
    result: [{ reference: 'Observation/elsewhere' }, { reference: 'urn:uuid:not-in-this-bundle' }],
    presentedForm: [{ data: `urn:uuid:${patient}` }],
  });
  expect(second).toMatchObject({ resourceType: 'Patient', id: patient, active: true, deceasedBoolean: false });
});

test('a request has the id under which this server keeps it', () => {
  const request = {
    fullUrl: 'urn:uuid:0198a0d0-0000-7000-8000-000000000003',
    resource: {
      resourceType: 'ServiceRequest',
      identifier: [{ system: 'urn:lianzhen:accession-number', value: 'A1' }],
    },
  };
  const based = { resourceType: 'DiagnosticReport', basedOn: [{ reference: request.fullUrl }] };
  const entry = [request, { fullUrl: `urn:uuid:${report}`, resource: based }];
  const [known, found] = servedResources({ entry }, '2026-11-22T02:00:00Z', 1, new Map([['A1', 'exam']]));
  expect([known?.id, found?.basedOn]).toEqual(['exam', [{ reference: 'ServiceRequest/exam' }]]);
  const [unknown] = servedResources({ entry }, '2026-11-22T02:00:00Z', 1, new Map([['A2', 'exam']]));
  expect(unknown?.id).toBe('0198a0d0-0000-7000-8000-000000000003');
});

test('the stored bundle stays as it was', () => {
  const before = JSON.stringify(bundle);
  servedResources(bundle, '2026-11-22T02:00:00Z', 2);
  expect(JSON.stringify(bundle)).toBe(before);
});
