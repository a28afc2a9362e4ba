import type { MachineScope } from '@lianzhen/contracts/access.ts';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { ctxFor, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import {
  type FhirResource,
  fhirBundle,
  fhirConsent,
  fhirPatient,
  fhirRequest,
  wholeRequest,
} from '../factories/fhir-orders.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);
let region: Region;
let mrn: string;
let own: string;
let otherwise: string;
let stranger: string;
let strangersPatient: { id: string; number: string };
beforeAll(async () => {
  region = await given.region();
  mrn = (await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } })).value;
  own = await tokenFor(region.township, ['orders:send', 'results:read']);
  otherwise = await tokenFor(region.township, ['results:read', 'studies:send']);
  stranger = await tokenFor(region.stranger, ['orders:send', 'results:read']);
  const { id } = await given.patient({ facility: region.stranger, name: '赵六', mrn: 'S-1' });
  await database.db.patientIdentifier.create({
    data: { patientId: id, type: 'passport', issuer: 'CHN', value: 'E12345678' },
  });
  strangersPatient = { id, number: 'E12345678' };
});
const tokenFor = async (facility: GivenFacility, scopes: MachineScope[]) => {
  const admin = ctxFor(await given.account({ facility, roles: ['facility-admin'] }));
  return (await createMachineToken(edge.deps, admin, { facilityId: facility.id, name: 'HIS', scopes })).token;
};

let before: number[];
const counts = async () => [
  await database.db.order.count(),
  await database.db.patient.count(),
  await database.db.patientFacility.count(),
];
beforeEach(async () => {
  before = await counts();
});

/** What must be refused, and must leave nothing but its trail. @returns status, issue code and expressions */
async function refused(path: string, body: unknown, token = own, headers: Record<string, string> = {}) {
  const response = await edge.ask(`/fhir/R4${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/fhir+json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const outcome = (await response.json()) as { resourceType: string; issue: { code: string; expression?: string[] }[] };
  expect([outcome.resourceType, await counts()]).toEqual(['OperationOutcome', before]);
  return [response.status, outcome.issue[0]?.code, ...outcome.issue.flatMap(({ expression }) => expression ?? [])];
}
const refusals = () =>
  database.db.auditEntry.findMany({ where: { action: 'orders.orderRefused' }, orderBy: { at: 'desc' } });
const whole = (changes: Record<string, unknown> = {}) => wholeRequest(region, mrn, changes);

describe('who may not', () => {
  test('is refused: nobody, a wrong token, a token of another use', async () => {
    expect((await refused('/ServiceRequest', whole(), ''))[0]).toBe(401);
    expect(await refused('/ServiceRequest', whole(), 'wrong')).toEqual([401, 'login']);
    expect(await refused('/ServiceRequest', whole(), otherwise)).toEqual([403, 'forbidden']);
    expect(await refused('', fhirBundle('transaction', [whole()]), otherwise)).toEqual([403, 'forbidden']);
    expect((await refusals())[0]).toMatchObject({
      ...{ outcome: 'refused', facilityId: region.township.id, role: 'machine' },
      detail: { door: 'fhir', code: 'forbidden' },
    });
    const search = await edge.ask('/fhir/R4/ServiceRequest', { headers: { authorization: `Bearer ${otherwise}` } });
    expect(search.status).toBe(403);
  });

  test('acts for its own facility alone', async () => {
    const requester = { identifier: { value: region.county.code } };
    expect(await refused('/ServiceRequest', whole({ requester }))).toEqual([
      403,
      'forbidden',
      'ServiceRequest.requester',
    ]);
    // Without an agreement of one's own there is nobody to ask.
    const [status, , expression] = await refused('/ServiceRequest', wholeRequest(region, 'X-1'), stranger);
    expect([status, expression]).toEqual([422, 'ServiceRequest.performer']);
  });

  test("is not let in on another facility's patients", async () => {
    const subject = { reference: `Patient/${strangersPatient.id}` };
    const performer = { performer: [{ ...subject, display: '赵六' }] };
    const byId = fhirRequest(region, { subject, contained: [fhirConsent(subject.reference, performer)] });
    expect(await refused('/ServiceRequest', byId)).toEqual([404, 'not-found', 'ServiceRequest.subject.reference']);
    for (const value of [strangersPatient.number, 'E00000000']) {
      const identifier = { system: 'urn:lianzhen:passport:CHN', value };
      const byNumber = fhirRequest(region, { subject: { identifier }, contained: [signedByDaughter] });
      const answer = await refused('/ServiceRequest', { ...byNumber, contained: [signedByDaughter, daughter] });
      expect(answer).toEqual([404, 'not-found', 'ServiceRequest.subject.identifier']);
    }
    const wrongName = fhirPatient('', {
      identifier: [{ system: 'urn:lianzhen:passport:CHN', value: strangersPatient.number }],
    });
    const answer = await refused('/ServiceRequest', whole({ contained: [wrongName, fhirConsent('#patient')] }));
    expect(answer).toEqual([409, 'conflict', 'ServiceRequest.contained[0].name']);
    expect((await refusals())[0]).toMatchObject({ detail: { patientIds: [strangersPatient.id] } });
    const theirs = fhirPatient('S-1', {
      identifier: [{ system: `urn:lianzhen:mrn:${region.stranger.code}`, value: 'S-1' }],
    });
    expect(await refused('/ServiceRequest', whole({ contained: [theirs, fhirConsent('#patient')] }))).toEqual([
      422,
      'invalid',
      'ServiceRequest.contained[0].identifier',
    ]);
  });
});
const daughter = {
  ...{ resourceType: 'RelatedPerson', id: 'daughter', name: [{ text: '赵丽' }] },
  relationship: [{ coding: [{ code: 'DAU' }] }],
};
const signedByDaughter = fhirConsent('', { patient: undefined, performer: [{ reference: '#daughter' }] });

describe('what is missing or wrong', () => {
  const consent = (changes: Record<string, unknown>) => ({
    contained: [fhirPatient(mrn), fhirConsent('#patient', changes)],
  });
  const consentPath = 'ServiceRequest.contained[1]';
  test.each<[string, () => Record<string, unknown>, string]>([
    ['no number', () => ({ identifier: [] }), 'ServiceRequest.identifier'],
    [
      'two numbers and none the placer’s',
      () => ({ identifier: [{ value: '1' }, { value: '2' }] }),
      'ServiceRequest.identifier',
    ],
    ['a draft', () => ({ status: 'draft' }), 'ServiceRequest.status'],
    ['a plan', () => ({ intent: 'plan' }), 'ServiceRequest.intent'],
    ['what must not be done', () => ({ doNotPerform: true }), 'ServiceRequest.doNotPerform'],
    ['a meaning that is changed', () => ({ modifierExtension: [{ url: 'x' }] }), 'ServiceRequest.modifierExtension'],
    ['an urgency that nobody knows', () => ({ priority: 'soon' }), 'ServiceRequest.priority'],
    ['no exam', () => ({ code: undefined }), 'ServiceRequest.code'],
    ['an exam that nobody knows', () => ({ code: { coding: [{ code: 'NONE' }] } }), 'ServiceRequest.code'],
    ['no side', () => ({ code: { coding: [{ code: region.hand.code }] } }), 'ServiceRequest.bodySite'],
    ['no history', () => ({ note: [] }), 'ServiceRequest.note'],
    [
      'a diagnosis that is no code',
      () => ({ reasonCode: [{ coding: [{ system: 'icd-10', code: '?', display: 'x' }] }, { text: 'y' }] }),
      'ServiceRequest.reasonCode',
    ],
    [
      'no purpose',
      () => ({ reasonCode: [{ coding: [{ system: 'icd-10', code: 'R05', display: '咳嗽' }] }] }),
      'ServiceRequest.reasonCode',
    ],
    [
      'no patient',
      () => ({
        subject: undefined,
        contained: [
          fhirConsent('x', { patient: undefined, performer: [{ reference: '#d' }] }),
          { ...daughter, id: 'd' },
        ],
      }),
      'ServiceRequest.subject',
    ],
    ['a patient who is not there', () => ({ subject: { reference: '#nobody' } }), 'ServiceRequest.subject.reference'],
    [
      'a patient of somebody’s server',
      () => ({ subject: { reference: 'https://his.example/Patient/7' } }),
      'ServiceRequest.subject.reference',
    ],
    [
      'a patient without a number',
      () => ({ contained: [fhirPatient('', { identifier: [] }), fhirConsent('#patient')] }),
      'ServiceRequest.contained[0].identifier',
    ],
    [
      'a birth date that is none',
      () => ({ contained: [fhirPatient(mrn, { birthDate: '1960' }), fhirConsent('#patient')] }),
      'ServiceRequest.contained[0].birthDate',
    ],
    [
      'a sex that is none',
      () => ({ contained: [fhirPatient(mrn, { gender: 'm' }), fhirConsent('#patient')] }),
      'ServiceRequest.contained[0].gender',
    ],
    ['no consent', () => ({ contained: [fhirPatient(mrn)] }), 'ServiceRequest.supportingInfo'],
    ['a consent that was refused', () => consent({ status: 'rejected' }), `${consentPath}.status`],
    ['a consent of another', () => consent({ patient: { reference: '#x' } }), `${consentPath}.patient`],
    ['a consent at no time', () => consent({ dateTime: '2026-11-22' }), `${consentPath}.dateTime`],
    ['a consent to come', () => consent({ dateTime: '2099-01-01T00:00:00Z' }), `${consentPath}.dateTime`],
    [
      'a consent given nobody knows how',
      () => consent({ extension: [] }),
      `${consentPath}.extension('urn:lianzhen:fhir:consent-method')`,
    ],
    ['a centre that is none', () => ({ performer: [{ identifier: { value: 'X99' } }] }), 'ServiceRequest.performer'],
    ['a wrong shape', () => ({ note: 'text' }), 'ServiceRequest.note'],
    ['a wrong shape further in', () => ({ identifier: [{ value: 7 }] }), 'ServiceRequest.identifier[0].value'],
    [
      'more than there can be',
      () => ({ note: Array.from({ length: 21 }, () => ({ text: 'x' })) }),
      'ServiceRequest.note',
    ],
  ])('is named by its element: %s', async (_what, changes, expression) => {
    const [status, , ...expressions] = await refused('/ServiceRequest', whole(changes()));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect([...new Set(expressions)]).toEqual([expression]);
  });

  test('a condition is the number of the request itself', async () => {
    for (const ifNoneExist of ['identifier=another', 'patient=1', 'identifier=%'])
      expect(await refused('/ServiceRequest', whole(), own, { 'if-none-exist': ifNoneExist })).toEqual([
        422,
        'invalid',
        'ServiceRequest.identifier',
      ]);
  });

  test.each<[string, () => FhirResource, string | undefined]>([
    ['a collection', () => ({ ...fhirBundle('batch', [whole()]), type: 'collection' }), 'Bundle.type'],
    ['nothing', () => fhirBundle('transaction', []), 'Bundle.entry'],
    ['no request', () => fhirBundle('transaction', [fhirPatient(mrn)]), 'Bundle.entry'],
    [
      'too much',
      () =>
        fhirBundle(
          'batch',
          Array.from({ length: 51 }, () => whole()),
        ),
      'Bundle.entry',
    ],
    [
      'what the hub does not keep',
      () => fhirBundle('transaction', [whole(), { resourceType: 'Device' }]),
      'Bundle.entry[1].resource',
    ],
    ['another method', () => methodOf(fhirBundle('batch', [whole()]), 'DELETE'), 'Bundle.entry[0].request.method'],
    ['no Bundle', () => whole(), 'Bundle.resourceType'],
  ])('a Bundle is refused: %s', async (_what, bundle, expression) => {
    const [status, , first] = await refused('', bundle());
    expect([status, first]).toEqual([422, expression]);
  });
});
const methodOf = (bundle: FhirResource, method: string): FhirResource => ({
  ...bundle,
  entry: (bundle.entry as object[]).map((entry) => ({ ...entry, request: { method, url: 'ServiceRequest' } })),
});

describe('the wire', () => {
  test('other media, broken JSON, depth and size are refused before anything is made of them', async () => {
    expect((await refused('/ServiceRequest', '<x/>', own, { 'content-type': 'application/fhir+xml' }))[0]).toBe(415);
    expect(await refused('/ServiceRequest', '{"resourceType":')).toEqual([400, 'structure']);
    expect(await refused('/ServiceRequest', `${'['.repeat(40)}${']'.repeat(40)}`)).toEqual([400, 'structure']);
    expect(await refused('/ServiceRequest', whole({ text: 'x'.repeat(1_100_000) }))).toEqual([413, 'too-long']);
    for (const body of ['[]', '7', 'null', '""', ''])
      expect([body, Number((await refused('/ServiceRequest', body))[0]) < 500]).toEqual([body, true]);
  });

  test('names of the language are names like others', async () => {
    const hostile = JSON.stringify(whole()).replace('{', '{"__proto__":{"status":"active"},"constructor":1,');
    const response = await edge.ask('/fhir/R4/ServiceRequest', {
      ...{ method: 'POST', body: hostile },
      headers: { authorization: `Bearer ${own}`, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(201);
  });

  test('another place is not found, and another method is told which there are', async () => {
    for (const [method, path, status, allow] of [
      ['DELETE', '/ServiceRequest/1', 405, 'GET, HEAD, PUT'],
      ['PATCH', '/ServiceRequest/1', 405, 'GET, HEAD, PUT'],
      ['POST', '/Patient', 404, null],
      ['GET', '/ServiceRequest/not-an-id', 404, null],
    ] as const) {
      const response = await edge.ask(`/fhir/R4${path}`, { method, headers: { authorization: `Bearer ${own}` } });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, status, allow]);
    }
  });
});
