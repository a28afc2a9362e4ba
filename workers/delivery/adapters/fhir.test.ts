import { afterEach, expect, test } from 'vitest';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { type FhirBehaviour, type FhirReceiver, startFhirReceiver } from '../../../tests/sims/fhir-receiver.ts';
import { renderFhirBundle } from '../../reporting/forms/fhir-bundle.ts';
import { describeFailure } from '../answers.ts';
import { sendFhir } from './fhir.ts';

let receiver: FhirReceiver;
afterEach(() => receiver.close());

const pdf = Buffer.from('%PDF-1.7 sample');
const send = (
  content = reportContent(),
  config: Record<string, unknown> = {},
  signal = new AbortController().signal,
) => {
  const bundle = JSON.stringify(renderFhirBundle(content, pdf, { contentHash: sampleHash }));
  return sendFhir(
    { form: 'fhir-bundle', bytes: Buffer.from(bundle) },
    {
      id: 'd',
      kind: 'fhir',
      config: { baseUrl: receiver.baseUrl, timeoutMs: 1000, ...config },
      secrets: { his: 's3cret' },
    },
    { id: '018f0000-0000-7000-8000-00000000d002', content, contentHash: sampleHash },
    signal,
  );
};
const failureOf = (sending: Promise<unknown>) => sending.then(() => 'no failure', describeFailure);

test('a report is filed with its people, requests and study', async () => {
  receiver = await startFhirReceiver();
  const receipt = await send();
  expect(receipt).toMatchObject({
    outcome: 'accepted',
    answer: expect.stringMatching(/^HTTP 200 DiagnosticReport\/\d+$/),
  });
  const types = receiver.store.resources.map(({ resourceType }) => resourceType);
  expect(types.filter((type) => type === 'DiagnosticReport')).toHaveLength(1);
  expect(new Set(types)).toEqual(
    new Set(['Organization', 'Practitioner', 'Patient', 'ServiceRequest', 'ImagingStudy', 'DiagnosticReport']),
  );
  expect(receiver.arrivals[0]?.contentType).toMatch(/^application\/fhir\+json/);
});

test('a repeat after a lost answer doubles nothing', async () => {
  receiver = await startFhirReceiver('lose-answer');
  expect(await failureOf(send())).toMatch(/connection/);
  const before = receiver.store.resources.length;
  receiver.behave('accept');
  expect((await send()).outcome).toBe('accepted');
  expect(receiver.store.resources).toHaveLength(before);
  expect(receiver.store.of('Patient')[0]?.versionId).toBe(1);
});

test('a corrected version takes the place of the first', async () => {
  receiver = await startFhirReceiver();
  await send();
  await send(reportContent({ kind: 'corrected', versionNumber: 2, replacesVersion: 1, impression: '左胫骨骨折。' }));
  const reports = receiver.store.of('DiagnosticReport');
  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatchObject({ status: 'corrected', conclusion: '左胫骨骨折。', versionId: 2 });
  expect(receiver.store.of('Patient')).toHaveLength(1);
});

test('an OperationOutcome with a client error is a no', async () => {
  receiver = await startFhirReceiver('reject');
  expect(await send()).toEqual({ outcome: 'rejected', answer: 'HTTP 422; processing 患者未登记' });
});

test.each<[FhirBehaviour, RegExp]>([
  ['fail', /unexpected status \(HTTP 500\)/],
  ['misroute', /unexpected status \(HTTP 404\)/],
  ['redirect', /unexpected status \(HTTP 302\)/],
  ['hang', /no answer in time \(1000 ms\)/],
  ['die', /connection failed/],
  ['flood', /too long/],
])('a server that does %s leaves it open', async (how, said) => {
  receiver = await startFhirReceiver(how);
  expect(await failureOf(send())).toMatch(said);
});

test('a closed port is told', async () => {
  receiver = await startFhirReceiver();
  await receiver.kill();
  expect(await failureOf(send())).toMatch(/ECONNREFUSED/);
  await receiver.revive();
});

test('the token is the named secret; a missing or refused one leaves it open', async () => {
  receiver = await startFhirReceiver('accept', 's3cret');
  expect(await failureOf(send())).toMatch(/HTTP 401/);
  expect(await failureOf(send(reportContent(), { bearerTokenName: 'other' }))).toMatch(/not configured \(other\)/);
  expect((await send(reportContent(), { bearerTokenName: 'his' })).outcome).toBe('accepted');
  expect(receiver.arrivals.at(-1)?.authorization).toBe('Bearer s3cret');
});
