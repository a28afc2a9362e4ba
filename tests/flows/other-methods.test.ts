import { expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { rawRequest, withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';

const edge = withEdge(withDatabase(), withRedis());

test.each([
  ['DELETE', '/api/patients', 'GET, POST'],
  ['OPTIONS', '/api/patients', 'GET, POST'],
  ['TRACE', '/api/patients', 'GET, POST'],
  ['HEAD', '/api/patients', 'GET, POST'],
  ['POST', '/api/openapi.json', 'GET, HEAD'],
  ['DELETE', '/api/report-versions/x/document.pdf', 'GET, HEAD'],
  ['OPTIONS', '/api/report-versions/x/document.pdf', 'GET, HEAD'],
  // A path of two routes, of which one has no POST.
  ['DELETE', '/api/site-checks/bytes', 'GET, HEAD, POST'],
  ['PUT', '/dicomweb/studies', 'GET, HEAD, POST'],
  ['OPTIONS', '/dicomweb/studies', 'GET, HEAD, POST'],
  ['DELETE', '/dicomweb/studies/1.2/series/1.3', 'GET, HEAD'],
  ['DELETE', '/fhir/R4/DiagnosticReport/1', 'GET, HEAD'],
  ['OPTIONS', '/fhir/R4/ServiceRequest', 'GET, HEAD, POST'],
  ['GET', '/fhir/R4/', 'POST'],
])('%s %s is refused as a method, and told which there are', async (method, path, allow) => {
  const { status, headers, text } = await rawRequest(`${edge.url}${path}`, method, {}, '');
  expect([status, headers.allow]).toEqual([405, allow]);
  if (method === 'HEAD') return;
  if (path.startsWith('/fhir'))
    expect(JSON.parse(text)).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] });
  else expect(JSON.parse(text)).toMatchObject({ code: 'method-not-allowed', details: { allow: allow.split(', ') } });
});

test('a path that is not there is so for every method', async () => {
  for (const path of ['/api/nothing', '/dicomweb/nothing', '/fhir/R4/Nothing', '/fhir/R5'])
    for (const method of ['DELETE', 'OPTIONS', 'PATCH'])
      expect([path, (await rawRequest(`${edge.url}${path}`, method, {}, '')).status]).toEqual([path, 404]);
});
