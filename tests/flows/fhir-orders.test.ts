import { beforeAll, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { ctxFor, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { expressionsOf, fhirCaller } from '../factories/fhir-caller.ts';
import { type FhirResource, fhirConsent, fhirRequest, placerOf, wholeRequest } from '../factories/fhir-orders.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);
let region: Region;
let mrn: string;
let own: string;
let centre: string;
beforeAll(async () => {
  region = await given.region();
  mrn = (await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } })).value;
  own = await tokenFor(region.township);
  centre = await tokenFor(region.county);
});
const tokenFor = async (facility: GivenFacility) => {
  const admin = ctxFor(await given.account({ facility, roles: ['facility-admin'] }));
  const scopes: ('results:read' | 'orders:send')[] = ['orders:send', 'results:read'];
  return (await createMachineToken(edge.deps, admin, { facilityId: facility.id, name: 'HIS', scopes })).token;
};

const { ask, post } = fhirCaller(edge, () => own);
const orderOf = (placerNumber: string) =>
  database.db.order.findFirst({
    where: { placerNumber },
    include: { exams: { orderBy: { accessionNumber: 'asc' } }, consent: true, patient: true, case: true },
  });
describe('a request', () => {
  test('is an order with everything it says, and is read back', async () => {
    const request = wholeRequest(region, mrn, {
      encounter: { identifier: { value: 'V-1' } },
      performer: [{ identifier: { value: region.county.code } }],
    });
    const { status, headers, body } = await post(request);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`${edge.url}/fhir/R4/ServiceRequest/${body.id}`);
    const row = await orderOf(placerOf(request));
    expect(row).toMatchObject({
      ...{
        urgency: 'urgent',
        purpose: '排除肺炎',
        history: '咳嗽三天，发热',
        diagnosisCode: 'R05',
        diagnosisText: '咳嗽',
      },
      ...{ visitNumber: 'V-1', patientId: region.patient.id, centreId: region.centre.id, requesterId: null },
      consent: { signer: '张三', relation: 'self', method: 'written', givenAt: new Date('2026-11-22T01:00:00Z') },
      case: { state: 'waiting' },
    });
    expect(body).toMatchObject({
      ...{
        resourceType: 'ServiceRequest',
        id: row?.exams[0]?.id,
        status: 'active',
        intent: 'order',
        priority: 'urgent',
      },
      subject: { reference: `Patient/${region.patient.id}` },
      requisition: { value: row?.number },
    });
    expect(body.identifier).toMatchObject([
      { system: 'urn:his:orders', value: placerOf(request) },
      { system: 'urn:lianzhen:accession-number', value: row?.exams[0]?.accessionNumber },
    ]);
    const again = await ask('GET', `/ServiceRequest/${body.id}`);
    expect([again.status, again.headers.get('etag'), again.body]).toEqual([200, 'W/"1"', body]);
    const entries = await database.db.auditEntry.findMany({
      where: { objectId: row?.id },
      orderBy: { position: 'asc' },
    });
    expect(entries.map(({ action, patientId, role }) => [action, patientId, role])).toEqual([
      ['orders.orderSent', region.patient.id, 'machine'],
      ['orders.orderRead', region.patient.id, 'machine'],
    ]);
  });

  test('again is the same resource, however many at once; with another content it is a conflict', async () => {
    const request = wholeRequest(region, mrn);
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(request)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const condition = { 'if-none-exist': `identifier=urn:his:orders|${placerOf(request)}` };
    expect((await post(request, condition)).status).toBe(200);
    for (const headers of [{}, condition]) {
      const other = await post({ ...request, note: [{ text: '另一病史' }] }, headers);
      expect([...expressionsOf(other), other.body.issue?.[0]?.code]).toEqual([
        409,
        'ServiceRequest.identifier[0]',
        'duplicate',
      ]);
    }
    expect(await database.db.order.count({ where: { placerNumber: placerOf(request) } })).toBe(1);
  });

  test("of one facility has nothing to do with another's of the same number", async () => {
    const request = wholeRequest(region, mrn);
    await post(request);
    const paired = await given.centre(region.paired);
    const theirs = await post(wholeRequest(region, 'K-1', { identifier: request.identifier }), { token: centre });
    expect([theirs.status, paired.line]).toEqual([201, 'imaging']);
    expect(await database.db.order.count({ where: { placerNumber: placerOf(request) } })).toBe(2);
  });

  test('may name a patient of this server, or a number alone', async () => {
    const display = { performer: [{ reference: `Patient/${region.patient.id}`, display: '张三' }] };
    const subject = { reference: `Patient/${region.patient.id}` };
    const byId = fhirRequest(region, { subject, contained: [fhirConsent(subject.reference, display)] });
    expect((await post(byId)).status).toBe(201);
    const identifier = { system: `urn:lianzhen:mrn:${region.township.code}`, value: mrn };
    const consent = fhirConsent('', { patient: undefined, performer: [{ display: '张三' }] });
    const byNumber = fhirRequest(region, { subject: { identifier }, contained: [consent] });
    // Nobody says that it is the patient who agreed.
    expect(expressionsOf(await post(byNumber))).toEqual([422, 'ServiceRequest.contained[0].performer']);
    const daughter = {
      resourceType: 'RelatedPerson',
      id: 'daughter',
      name: [{ text: '张丽' }],
      relationship: [code('DAU')],
    };
    const signed = { ...consent, performer: [{ reference: '#daughter' }] };
    const taken = await post({ ...byNumber, contained: [signed, daughter] });
    expect(taken.status).toBe(201);
    expect((await orderOf(placerOf(byNumber)))?.consent).toMatchObject({ signer: '张丽', relation: 'child' });
  });
});
const code = (value: string) => ({ coding: [{ code: value }] });

describe('a search', () => {
  test('finds by number, patient and state, in pages, and leaves a trail', async () => {
    const request = wholeRequest(region, mrn);
    const { body } = await post(request);
    const row = await orderOf(placerOf(request));
    const found = async (query: string, token = own) =>
      (await ask('GET', `/ServiceRequest?${query}`, undefined, { token })).body;
    for (const query of [
      `identifier=${placerOf(request)}`,
      `identifier=urn:his:orders|${placerOf(request)}`,
      `identifier=urn:lianzhen:accession-number|${row?.exams[0]?.accessionNumber}`,
      `identifier=${row?.number}&status=active&patient=Patient/${region.patient.id}`,
      `_id=${body.id}&patient.identifier=x|${mrn}`,
    ])
      expect([query, (await found(query)).entry?.map(({ resource }) => resource.id)]).toEqual([query, [body.id]]);
    for (const query of [
      `identifier=urn:other|${placerOf(request)}`,
      `identifier=${placerOf(request)}&status=revoked,completed`,
      `identifier=%25`,
      `patient=${region.centre.id}`,
    ])
      expect([query, (await found(query)).total]).toEqual([query, 0]);
    expect((await found(`_id=${body.id}`, centre)).total).toBe(0);
    const all = await found('_count=1');
    const next = all.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    const second = await ask('GET', next.slice(`${edge.url}/fhir/R4`.length));
    expect(second.body.entry?.[0]?.resource.id).not.toBe(all.entry?.[0]?.resource.id);
    const entry = await database.db.auditEntry.findFirst({
      where: { action: 'orders.ordersListed', facilityId: region.township.id },
    });
    expect(entry).toMatchObject({ detail: { patientIds: [region.patient.id] } });
  });

  test.each(['_count=0', 'status=done', 'patient=Practitioner/1', 'unknown=1', '_id=1'])(
    'with %s is answered with what was expected',
    async (query) => {
      expect((await ask('GET', `/ServiceRequest?${query}`)).status).toBe(422);
    },
  );
});

describe('a revocation', () => {
  const statusReason = 'http://hl7.org/fhir/StructureDefinition/request-statusReason';
  const revoked = (resource: FhirResource, reason?: string) => ({
    ...resource,
    status: 'revoked',
    ...(reason ? { extension: [{ url: statusReason, valueCodeableConcept: { text: reason } }] } : {}),
  });
  const put = (resource: FhirResource, headers = {}) => ask('PUT', `/ServiceRequest/${resource.id}`, resource, headers);

  test('needs a reason and is done once', async () => {
    const { body } = await post(wholeRequest(region, mrn));
    expect(expressionsOf(await put(revoked(body)))).toEqual([422, `ServiceRequest.extension('${statusReason}')`]);
    expect((await put(revoked(body, '患者转院'), { 'if-match': 'W/"7"' })).status).toBe(412);
    for (let time = 0; time < 2; time++) {
      const done = await put(revoked(body, '患者转院'), time === 0 ? { 'if-match': 'W/"1"' } : {});
      expect([done.status, done.body.status, done.headers.get('etag')]).toEqual([200, 'revoked', 'W/"2"']);
      expect(done.body.extension).toMatchObject([{ valueCodeableConcept: { text: '患者转院' } }]);
    }
    expect(await database.db.auditEntry.count({ where: { action: 'orders.orderWithdrawn', reason: '患者转院' } })).toBe(
      1,
    );
  });

  test('changes nothing else', async () => {
    const { body } = await post(wholeRequest(region, mrn));
    expect(expressionsOf(await put(body))).toEqual([422, 'ServiceRequest.status']);
    const other = { ...revoked(body, '误开'), id: crypto.randomUUID() };
    expect(expressionsOf(await ask('PUT', `/ServiceRequest/${body.id}`, other))).toEqual([422, 'ServiceRequest.id']);
    expect((await put(other)).status).toBe(404);
  });

  test('is too late once somebody reads, and is nobody else’s', async () => {
    const request = wholeRequest(region, mrn);
    const { body } = await post(request);
    expect((await put(revoked(body, '误开'), { token: centre })).status).toBe(404);
    const row = await orderOf(placerOf(request));
    await database.db.case.update({ where: { orderId: row?.id ?? '' }, data: { state: 'claimed' } });
    expect(expressionsOf(await put(revoked(body, '误开')))).toEqual([409, 'ServiceRequest.status']);
    expect((await orderOf(placerOf(request)))?.state).toBe('submitted');
  });
});
