import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { patientsHandlers } from '../../workers/patients/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps, imagesArrive } from '../factories/asking.ts';
import { ctxFor, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import {
  type FhirResource,
  fhirBundle,
  fhirConsent,
  fhirPatient,
  fhirRequest,
  placerOf,
  wholeRequest,
} from '../factories/fhir-orders.ts';
import { approved, submitted } from '../factories/reading.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { runDueJobs } from '../factories/worker.ts';

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

interface Answered {
  status: number;
  headers: Headers;
  body: FhirResource & {
    entry?: { resource: FhirResource; response: { status: string; location?: string; outcome?: FhirResource } }[];
    total?: number;
    link?: { relation: string; url: string }[];
    issue?: { code: string; expression?: string[] }[];
  };
}
async function ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answered> {
  const { token = own, ...headers } = more;
  const response = await edge.ask(`/fhir/R4${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
const post = (resource: FhirResource, headers = {}) => ask('POST', '/ServiceRequest', resource, headers);
const orderOf = (placerNumber: string) =>
  database.db.order.findFirst({
    where: { placerNumber },
    include: { exams: { orderBy: { accessionNumber: 'asc' } }, consent: true, patient: true, case: true },
  });
const expressionsOf = ({ status, body }: Answered) => [
  status,
  ...(body.issue ?? []).flatMap((one) => one.expression ?? []),
];

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

describe('a Bundle', () => {
  const newcomer = (number: string) => ({ ...fhirPatient(number, { name: [{ text: '王五' }] }), id: `p-${number}` });
  const parts = (number: string, changes: Record<string, unknown> = {}) => {
    const subject = { reference: `urn:uuid:p-${number}` };
    const consent = { ...fhirConsent(subject.reference), id: `c-${number}` };
    const supportingInfo = [{ reference: `urn:uuid:c-${number}` }];
    return [newcomer(number), consent, fhirRequest(region, { subject, supportingInfo, ...changes })] as const;
  };

  test('is taken whole, with patient and consent, and again is the same', async () => {
    const [patient, consent, request] = parts('B-1');
    const bundle = fhirBundle('transaction', [patient, consent, request]);
    const first = await ask('POST', '', bundle);
    expect(first.body.type).toBe('transaction-response');
    expect(first.body.entry?.map(({ response }) => response.status)).toEqual([
      '201 Created',
      '201 Created',
      '201 Created',
    ]);
    const row = await orderOf(placerOf(request));
    expect(row?.patient).toMatchObject({ name: '王五', namePinyin: 'wangwu' });
    expect(first.body.entry?.[0]?.response.location).toBe(`Patient/${row?.patientId}`);
    const again = await ask('POST', '/', bundle);
    expect(again.body.entry?.map(({ response }) => response.status)).toEqual(['200 OK', '200 OK', '200 OK']);
    expect(again.body.entry?.[2]?.resource).toEqual(first.body.entry?.[2]?.resource);
  });

  test('with several exams under one number is one order', async () => {
    const identifier = [{ value: 'B-2-ORDER' }];
    const [patient, consent, chest] = parts('B-2', { identifier });
    const [, , hand] = parts('B-2', { identifier, code: code(region.hand.code), bodySite: [code('left')] });
    const { body } = await ask('POST', '', fhirBundle('transaction', [hand, patient, chest, consent]));
    const row = await orderOf('B-2-ORDER');
    expect(row?.exams.map(({ examCode, laterality }) => [examCode, laterality])).toEqual([
      [region.hand.code, 'left'],
      [region.chest.code, null],
    ]);
    expect([body.entry?.[0]?.resource.id, body.entry?.[2]?.resource.id]).toEqual(row?.exams.map(({ id }) => id));
  });

  test('leaves nothing behind where one part is wrong, and names it', async () => {
    const [patient, consent, good] = parts('B-3');
    const [, , bad] = parts('B-3', { code: code('NONE') });
    const refused = await ask('POST', '', fhirBundle('transaction', [patient, consent, good, bad]));
    expect(expressionsOf(refused)).toEqual([422, 'Bundle.entry[3].resource.code']);
    expect(await orderOf(placerOf(good))).toBeNull();
    expect(await database.db.patientIdentifier.count({ where: { value: 'B-3' } })).toBe(0);
  });

  test('as a batch takes what can be taken', async () => {
    const [patient, consent, good] = parts('B-4');
    const [, , bad] = parts('B-4', { reasonCode: [] });
    const lonely = { ...fhirPatient('B-5'), id: 'lonely' };
    const { status, body } = await ask('POST', '', fhirBundle('batch', [patient, consent, bad, good, lonely]));
    expect([status, body.type]).toEqual([200, 'batch-response']);
    expect(body.entry?.map(({ response }) => response.status.slice(0, 3))).toEqual(['201', '201', '422', '201', '424']);
    const outcome = body.entry?.[2]?.response.outcome as Answered['body'];
    expect(outcome.issue?.[0]?.expression).toEqual(['Bundle.entry[2].resource.reasonCode']);
    expect((await orderOf(placerOf(good)))?.state).toBe('submitted');
  });
});

test('the result leads back to the request that was sent', async () => {
  const { body } = await post(wholeRequest(region, mrn));
  const exam = await database.db.orderExam.findUniqueOrThrow({ where: { id: body.id ?? '' } });
  await given.inbox(region.township);
  const desk = deskDeps(database);
  const caseId = await imagesArrive(desk, region, exam.orderId);
  await submitted(desk, region.resident, caseId);
  await approved(desk, region.attending, caseId);
  await runDueJobs(edge.deps, [
    ...reportingHandlers,
    ...patientsHandlers,
    { job: sendDocument, handle: async () => undefined },
  ]);
  const { body: found } = await ask(
    'GET',
    `/DiagnosticReport?based-on=ServiceRequest/${body.id}&_include=DiagnosticReport:*`,
  );
  const [report, request] = ['DiagnosticReport', 'ServiceRequest'].map(
    (type) => found.entry?.find(({ resource }) => resource.resourceType === type)?.resource,
  );
  expect(report).toMatchObject({ status: 'final', basedOn: [{ reference: `ServiceRequest/${body.id}` }] });
  expect(request?.id).toBe(body.id);
  expect((await ask('GET', `/ServiceRequest/${body.id}`)).body.status).toBe('completed');
  const { body: none } = await ask('GET', `/DiagnosticReport?based-on=${region.centre.id}`);
  expect(none.total).toBe(0);
});
