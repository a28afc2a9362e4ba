import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import { instantText } from '@lianzhen/contracts/report-dates.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { reportingHandlers } from '../../workers/reporting/handlers.ts';
import { ctxFor, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { type GivenReport, givenReport, signVersion } from '../factories/signed-version.ts';
import { runDueJobs } from '../factories/worker.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);

interface Resource {
  resourceType: string;
  id: string;
  meta: { versionId: string };
  subject: { reference: string };
  issue: { code: string; diagnostics?: string; details: { text: string } }[];
}
interface Bundle {
  total: number;
  link: { relation: string; url: string }[];
  entry: { fullUrl: string; resource: Resource; search: { mode: string } }[];
}
let region: Region;
let report: GivenReport;
let own: string;
let foreign: string;
let otherwise: string;
const tokenFor = async (facility: GivenFacility, scopes: ('results:read' | 'orders:send')[]) => {
  const admin = ctxFor(await given.account({ facility, roles: ['facility-admin'] }));
  return (await createMachineToken(edge.deps, admin, { facilityId: facility.id, name: 'HIS', scopes })).token;
};
/** Signs a version for the township and has its forms made. */
async function sign(one = report, owner = region.township, work = true) {
  const inbox = await database.db.destination.findFirst({ where: { facilityId: owner.id } });
  await signVersion(database.db, one, [inbox ?? (await given.inbox(owner))]);
  if (work) await runDueJobs(edge.deps, [...reportingHandlers, { job: sendDocument, handle: async () => undefined }]);
}
const ask = (path: string, token = own) =>
  edge.ask(`/fhir/R4${path}`, { headers: { authorization: `Bearer ${token}` } });
const read = async <T = Resource>(path: string, token = own): Promise<T> => {
  const response = await ask(path, token);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'application/fhir+json; charset=utf-8',
  ]);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return (await response.json()) as T;
};
const search = (query = '', token = own) => read<Bundle>(`/DiagnosticReport${query}`, token);
const refused = async (path: string, token = own) => {
  const response = await ask(path, token);
  const outcome = (await response.json()) as Resource;
  expect(outcome.resourceType).toBe('OperationOutcome');
  return { status: response.status, code: outcome.issue[0]?.code, diagnostics: outcome.issue[0]?.diagnostics ?? '' };
};
beforeEach(async () => {
  region = await given.region();
  report = await givenReport(database.db, region);
  own = await tokenFor(region.township, ['results:read']);
  foreign = await tokenFor(region.stranger, ['results:read']);
  otherwise = await tokenFor(region.township, ['orders:send']);
});

test('the door says what it can do, to anybody', async () => {
  const response = await edge.ask('/fhir/R4/metadata');
  expect(await response.json()).toMatchObject({
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    kind: 'instance',
  });
});

describe('a result', () => {
  beforeEach(() => sign());

  test('is read by the systems of the facility it was made for', async () => {
    const found = await read(`/DiagnosticReport/${report.reportId}`);
    expect(found).toMatchObject({ resourceType: 'DiagnosticReport', id: report.reportId, meta: { versionId: '1' } });
    const { entry } = await search('?_include=DiagnosticReport:*');
    const urls = entry.map(({ fullUrl }) => fullUrl);
    expect(urls).toContain(`${edge.url}/fhir/R4/${found.subject.reference}`);
    expect(JSON.stringify(entry)).not.toContain('"reference":"urn:uuid:');
    expect(new Set(entry.map(({ search: { mode } }) => mode))).toEqual(new Set(['match', 'include']));
  });

  test('does not exist for anybody else, nor for a token of another use', async () => {
    expect(await refused(`/DiagnosticReport/${report.reportId}`, foreign)).toMatchObject({
      status: 404,
      code: 'not-found',
    });
    for (const query of [
      '',
      `?_id=${report.reportId}`,
      `?patient=${region.patient.id}`,
      `?identifier=${report.content.order.number}`,
    ])
      expect(await search(query, foreign)).toMatchObject({ total: 0, entry: [] });
    expect(await refused('/DiagnosticReport', otherwise)).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await refused('/DiagnosticReport', 'wrong')).toMatchObject({ status: 401, code: 'login' });
    const nobody = await edge.ask('/fhir/R4/DiagnosticReport');
    expect(nobody.status).toBe(401);
  });

  test('is found by what a system knows of it', async () => {
    const { number } = report.content.order;
    const mrn = await database.db.patientIdentifier.findFirstOrThrow({ where: { patientId: region.patient.id } });
    for (const query of [
      `_id=${report.reportId}`,
      `patient=Patient/${region.patient.id}`,
      `patient=${region.patient.id}`,
      `identifier=${number}`,
      `identifier=urn:oid:2.16.156.10011.1.24|${number}`,
      `patient.identifier=${mrn.issuer}|${mrn.value}`,
      'status=final',
      '_lastUpdated=ge2000-01-01&_lastUpdated=lt2099-01-01',
    ])
      expect([query, (await search(`?${query}`)).total]).toEqual([query, 1]);
    for (const query of [
      'identifier=%25',
      `identifier=urn:x|${number}`,
      'patient.identifier=%25',
      'status=preliminary',
      '_lastUpdated=lt2000-01-01',
      `_id=${crypto.randomUUID()}`,
    ])
      expect([query, (await search(`?${query}`)).total]).toEqual([query, 0]);
  });

  test('is of a time by the clock of who asks, where he says no other', async () => {
    const { signedAt } = await database.db.reportVersion.findFirstOrThrow({ where: { reportId: report.reportId } });
    const wall = instantText(signedAt.toISOString(), 'Asia/Shanghai').replace(' ', 'T');
    const questions = [`ge${wall}`, `lt${wall}`, `ge${wall}%2B08:00`, `ge${wall}Z`, `lt${wall}Z`];
    const totals = questions.map(async (date) => (await search(`?_lastUpdated=${date}`)).total);
    expect(await Promise.all(totals)).toEqual([1, 0, 1, 0, 1]);
  });

  test('is its newest version', async () => {
    await sign();
    expect((await read(`/DiagnosticReport/${report.reportId}`)).meta.versionId).toBe('2');
    expect((await search()).total).toBe(1);
  });

  test('is not served in part while its forms are still being made', async () => {
    const next = await givenReport(database.db, region);
    await sign(next, region.township, false);
    expect(await refused(`/DiagnosticReport/${next.reportId}`)).toMatchObject({ status: 404 });
    expect((await search()).entry).toHaveLength(1);
  });

  test('leaves a trail that names the patient', async () => {
    await search();
    const entry = await database.db.auditEntry.findFirstOrThrow({
      where: { action: 'delivery.resultsRead', facilityId: region.township.id },
      orderBy: { position: 'desc' },
    });
    expect(entry).toMatchObject({ role: 'machine', actorName: 'HIS', detail: { patientIds: [region.patient.id] } });
  });
});

describe('a question', () => {
  test.each([
    '_count=0',
    '_count=51',
    '_count=x',
    '_page=0',
    'unknown=1',
    '_id=1',
    'status=done',
    '_lastUpdated=2026',
    '_lastUpdated=gesoon',
    'patient=Practitioner/1',
    '_include=Patient:*',
    'identifier[x]=1',
    `identifier=${'x'.repeat(201)}`,
  ])('with %s is answered with what was expected', async (query) => {
    const { status, code, diagnostics } = await refused(`/DiagnosticReport?${query}`);
    expect([status, code]).toEqual([422, 'invalid']);
    expect(diagnostics).toContain(query.split('=')[0]?.replace('[x]', ''));
  });

  test.each(['/Patient', '/DiagnosticReport/not-an-id', '/DiagnosticReport/1/_history', '/Observation'])(
    'about %s is not found',
    async (path) => {
      expect(await refused(path)).toMatchObject({ status: 404, code: 'not-found' });
    },
  );
});

test('pages follow each other to the end, each result once', async () => {
  for (let at = 0; at < 5; at++) await sign(await givenReport(database.db, region));
  const seen: string[] = [];
  let next: string | undefined = `${edge.url}/fhir/R4/DiagnosticReport?_count=2&status=final`;
  for (let page = 0; next && page < 9; page++) {
    const { total, entry, link }: Bundle = await read(next.slice(`${edge.url}/fhir/R4`.length));
    expect(total).toBe(5);
    seen.push(...entry.map(({ resource }) => resource.id));
    next = link.find(({ relation }) => relation === 'next')?.url;
  }
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
});
