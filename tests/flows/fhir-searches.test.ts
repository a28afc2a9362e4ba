import { beforeAll, describe, expect, test } from 'vitest';
import { createMachineToken } from '../../server/api/identity/manage-tokens.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { fhirCaller } from '../factories/fhir-caller.ts';
import { wholeRequest } from '../factories/fhir-orders.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const edge = withEdge(database, withRedis());
let region: Region;
let own: string;
let mrn: string;
const { ask, post } = fhirCaller(edge, () => own);
const types = ['ServiceRequest', 'DiagnosticReport'];

beforeAll(async () => {
  region = await given.region();
  const admin = ctxFor(await given.account({ facility: region.township, roles: ['facility-admin'] }));
  const asked = { facilityId: region.township.id, name: 'HIS', scopes: ['orders:send', 'results:read'] as const };
  own = (await createMachineToken(edge.deps, admin, { ...asked, scopes: [...asked.scopes] })).token;
  const known = { patientId: region.patient.id, type: 'mrn' };
  mrn = (await database.db.patientIdentifier.findFirstOrThrow({ where: known })).value;
  expect((await post(wholeRequest(region, mrn))).status).toBe(201);
});

test('a number is looked for where its system says: the same at two hospitals is two people', async () => {
  const totalOf = async (system: string) =>
    (await ask('GET', `/ServiceRequest?patient.identifier=${system}${mrn}`)).body.total;
  const totals = [`urn:lianzhen:mrn:${region.township.code}|`, '', 'urn:his:patients|'].map(totalOf);
  expect(await Promise.all(totals)).toEqual([1, 1, 1]);
  const others = [`urn:lianzhen:mrn:${region.county.code}|`, 'urn:oid:2.16.156.10011.1.3|'].map(totalOf);
  expect(await Promise.all(others)).toEqual([0, 0]);
});

test('patient and subject are one: two different ones are no question', async () => {
  const [one, other] = [region.patient.id, region.centre.id];
  expect((await ask('GET', `/ServiceRequest?patient=${one}&subject=Patient/${one}`)).body.total).toBe(1);
  expect((await ask('GET', `/ServiceRequest?patient=${one}&subject=${other}`)).status).toBe(422);
});

describe.each(types)('%s', (type) => {
  test.each([
    'identifier=',
    'identifier=urn:x|',
    'identifier=%00',
    'patient.identifier=',
    'patient.identifier=urn:x|',
    'patient.identifier=a%00b',
    'patient=',
  ])('with %s finds nothing instead of everything', async (query) => {
    const { status, body } = await ask('GET', `/${type}?${query}`);
    expect([status, body.resourceType, body.issue?.[0]?.code]).toEqual([422, 'OperationOutcome', 'invalid']);
  });

  test.each(['_format=xml', '_format=application/fhir%2Bxml'])('is not given as %s', async (query) => {
    const { status, body } = await ask('GET', `/${type}?${query}`);
    expect([status, body.resourceType, body.issue?.[0]?.code]).toEqual([406, 'OperationOutcome', 'not-supported']);
  });

  test('is given as JSON to whoever takes it, however he says so', async () => {
    for (const accept of ['*/*', 'application/fhir+json; fhirVersion=4.0', 'application/json', 'text/html, */*;q=0.1'])
      expect([accept, (await ask('GET', `/${type}`, undefined, { accept })).status]).toEqual([accept, 200]);
    for (const format of ['json', 'application/fhir%2Bjson', 'application/fhir+json'])
      expect((await ask('GET', `/${type}?_format=${format}`, undefined, { accept: 'text/html' })).status).toBe(200);
    const { status } = await ask('GET', '/metadata', undefined, { accept: 'application/fhir+xml' });
    expect(status).toBe(406);
  });
});

test.each([
  '_lastUpdated=ge0000-01-01',
  '_lastUpdated=ge-271821-04-20T00:00:00Z',
  '_lastUpdated=lt%2B275760-09-13',
  '_lastUpdated=ge2026-01-01&_lastUpdated=ge2020-01-01',
])('results %s are no question', async (query) => {
  expect((await ask('GET', `/DiagnosticReport?${query}`)).status).toBe(422);
});
