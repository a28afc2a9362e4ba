import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { patientsHandlers } from '../../workers/patients/handlers.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { deskDeps, imagesArrive } from '../factories/asking.ts';
import { ctxFor, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { expressionsOf, fhirCaller } from '../factories/fhir-caller.ts';
import { fhirBundle, fhirConsent, fhirPatient, fhirRequest, placerOf, wholeRequest } from '../factories/fhir-orders.ts';
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
beforeAll(async () => {
  region = await given.region();
  mrn = (await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } })).value;
  own = await tokenFor(region.township);
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
const code = (value: string) => ({ coding: [{ code: value }] });

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

  test('of somebody new, several at once, is about one person', async () => {
    const bundles = Array.from({ length: 5 }, () => fhirBundle('transaction', [...parts('B-8')]));
    const answers = await Promise.all(bundles.map((bundle) => ask('POST', '', bundle)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const located = answers.map(({ body }) => body.entry?.[0]?.response.location);
    expect(new Set(located).size).toBe(1);
    expect(await database.db.patientIdentifier.count({ where: { value: 'B-8' } })).toBe(1);
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

  test('holds nothing that no request refers to', async () => {
    const [patient, consent, request] = parts('B-6');
    const lonely = { ...fhirPatient('B-7'), id: 'lonely' };
    const refused = await ask('POST', '', fhirBundle('transaction', [patient, consent, request, lonely]));
    expect(expressionsOf(refused)).toEqual([422, 'Bundle.entry[3].resource']);
    expect(await orderOf(placerOf(request))).toBeNull();
  });

  test('as a batch takes what can be taken', async () => {
    const [patient, consent, good] = parts('B-4');
    const [, , bad] = parts('B-4', { reasonCode: [] });
    const lonely = { ...fhirPatient('B-5'), id: 'lonely' };
    const { status, body } = await ask('POST', '', fhirBundle('batch', [patient, consent, bad, good, lonely]));
    expect([status, body.type]).toEqual([200, 'batch-response']);
    expect(body.entry?.map(({ response }) => response.status.slice(0, 3))).toEqual(['201', '201', '422', '201', '424']);
    const outcome = body.entry?.[2]?.response.outcome;
    expect(outcome?.issue?.[0]?.expression).toEqual(['Bundle.entry[2].resource.reasonCode']);
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
