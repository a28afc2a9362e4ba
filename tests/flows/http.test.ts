import { Role } from '@lianzhen/contracts/access.ts';
import type { Problem } from '@lianzhen/contracts/errors.ts';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { beat } from '@lianzhen/platform/health.ts';
import type { AnyContractProcedure } from '@orpc/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { rawRequest, withEdge } from '../factories/edge.ts';
import { password, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);
interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; responses: object }>>;
}
/** The same behind TLS, under the address that people know. */
const secure = withEdge(database, redis, { settings: { HUB_PUBLIC_URL: 'https://hub.example' } });
let region: Region;
let username: string;
beforeAll(async () => {
  region = await given.region();
  ({ username } = await someoneWithPassword(database, given, {
    facility: region.township,
    roles: ['requesting-doctor'],
  }));
});
const json = { 'content-type': 'application/json' };
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  edge.ask(path, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const enter = (headers = {}) => post('/api/session', { username, password }, headers);
const cookieOf = (response: Response) => response.headers.getSetCookie()[0] ?? '';
const loggedIn = async () => ({ cookie: cookieOf(await enter()).split(';')[0] ?? '' });
async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Problem & { details: { fields: object[] } };
  expect(problem).toMatchObject({ status: response.status, code: expect.any(String), title: expect.any(String) });
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  expect(problem.type).toBe(`urn:lianzhen:error:${problem.code}`);
  return problem;
}

describe('the session', () => {
  test('is a cookie that scripts cannot read and other sites do not send', async () => {
    const response = await enter();
    expect(response.status).toBe(200);
    expect(cookieOf(response)).toMatch(/^lianzhen_session=[\w-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'SameSite=Lax', 'Expires='])
      expect(cookieOf(response)).toContain(attribute);
    expect(cookieOf(response)).not.toContain('Secure');
    expect(JSON.stringify(await response.json())).not.toContain(cookieOf(response).slice(17, 60));
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('says who, and ends', async () => {
    const headers = await loggedIn();
    expect(await (await edge.ask('/api/session', { headers })).json()).toMatchObject({ username });
    const out = await edge.ask('/api/session', { method: 'DELETE', headers });
    expect([out.status, cookieOf(out)]).toEqual([200, expect.stringContaining('Max-Age=0')]);
    const after = await problemOf(await edge.ask('/api/session', { headers }));
    expect(after).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  test('is refused in words of the browser’s language, and waits where it has to', async () => {
    const { username: name } = await someoneWithPassword(database, given, {
      facility: region.township,
      roles: ['technician'],
    });
    const wrong = () =>
      post('/api/session', { username: name, password: 'wrong-password' }, { 'accept-language': 'en' });
    expect(await problemOf(await wrong())).toMatchObject({ status: 401, title: 'User name or password is wrong' });
    for (let guess = 0; guess < 4; guess++) await wrong();
    const locked = await wrong();
    expect(locked.headers.get('retry-after')).toMatch(/^(29|30)$/);
    expect(await problemOf(locked)).toMatchObject({ code: 'locked-out', status: 429 });
  });
});

test('behind TLS the cookie stays there, and pages of the public address are the hub’s own', async () => {
  const enterFrom = (origin: string) =>
    rawRequest(`${secure.url}/api/session`, 'POST', { ...json, origin }, JSON.stringify({ username, password }));
  const { status, headers } = await enterFrom('https://hub.example');
  expect([status, headers['set-cookie']?.[0]]).toEqual([200, expect.stringContaining('; Secure')]);
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
  for (const origin of ['http://hub.example', 'https://hub.example:8443', 'https://hub.example.evil'])
    expect((await enterFrom(origin)).status).toBe(403);
});

describe('every answer', () => {
  test('forbids the page what it does not need', async () => {
    const { headers } = await edge.ask('/api/session');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "connect-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'self'",
      "base-uri 'self'",
    ])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe-eval'[^;]*'unsafe-inline'|script-src[^;]*unsafe-inline|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    for (const name of ['x-powered-by', 'server', 'access-control-allow-origin']) expect(headers.get(name)).toBeNull();
  });

  test('of another site’s page is a refusal, whatever it sends', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1', `${edge.url}.evil.example`, 'x']) {
      const body = JSON.stringify({ username, password });
      const answer = await rawRequest(`${edge.url}/api/session`, 'POST', { ...json, origin }, body);
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
    }
    const own = await rawRequest(
      `${edge.url}/api/session`,
      'POST',
      { ...json, origin: edge.url },
      JSON.stringify({ username, password }),
    );
    expect(own.status).toBe(200);
    const form = await rawRequest(
      `${edge.url}/api/session`,
      'POST',
      { 'content-type': 'text/plain' },
      JSON.stringify({ username, password }),
    );
    expect(form.status).toBe(415);
  });
});

describe('a body', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    '',
  ])('of type %j is not taken', async (type) => {
    const problem = await problemOf(await post('/api/session', '{}', { 'content-type': type }));
    expect(problem).toMatchObject({ status: 415, code: 'unsupported-media-type' });
  });

  test.each(['{', '{"username": }', 'nonsense 张桂芳', '"\ud800', '{}{}'])('that is %j is malformed', async (body) => {
    const problem = await problemOf(await post('/api/session', body));
    expect(problem).toMatchObject({ status: 400, code: 'malformed-request' });
    expect(JSON.stringify(problem)).not.toContain('张桂芳');
  });

  test.each(['null', '[]', '7', '"text"', '{}', '{"username": 7, "password": null}'])(
    'that is %s names what was expected',
    async (body) => {
      const problem = await problemOf(await post('/api/session', body));
      expect(problem).toMatchObject({ status: 422, code: 'bad-input' });
      expect(problem.details.fields.length).toBeGreaterThan(0);
    },
  );

  test('that is too large or too deep is refused before it is read', async () => {
    const large = await post('/api/session', { username: 'x'.repeat(600_000), password });
    expect(await problemOf(large)).toMatchObject({ status: 413, code: 'too-large' });
    for (const deep of [
      '['.repeat(100_000),
      `{"username": ${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
      `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
    ])
      expect(await problemOf(await post('/api/session', deep))).toMatchObject({
        status: 400,
        code: 'malformed-request',
      });
    const strange = await post(
      '/api/session',
      '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    );
    expect(strange.status).toBe(422);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('in the query is bounded as well', async () => {
    const headers = await loggedIn();
    const many = `/api/deliveries?${'state=failed&'.repeat(60)}`;
    expect(await problemOf(await edge.ask(many, { headers }))).toMatchObject({ code: 'bad-input' });
    for (const query of [
      'page=0',
      'page=1e9',
      'pageSize=201',
      'pageSize=-1',
      'q=%00',
      'q[]=a&q[]=b',
      'page[__proto__][x]=1',
      'q[99999999]=x',
    ])
      expect((await edge.ask(`/api/patients?${query}`, { headers })).status).toBe(422);
    for (const query of ['q[__proto__][polluted]=1', '__proto__[polluted]=1', 'constructor[prototype][polluted]=1'])
      await edge.ask(`/api/patients?${query}`, { headers });
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect((await edge.ask(`/api/patients?q=${'x'.repeat(20_000)}`, { headers })).status).toBe(431);
  });
});

describe('a route', () => {
  test.each(['/api', '/api/', '/api/nothing', '/api/patients/../../etc/passwd', '/api/session/x/y', '/nothing.php'])(
    '%s that is not there is a problem',
    async (path) => {
      expect(await problemOf(await edge.ask(path))).toMatchObject({ status: 404, code: 'not-found' });
    },
  );

  test('whose id is none names it, and one that is broken is malformed', async () => {
    const headers = await loggedIn();
    const problem = await problemOf(await edge.ask('/api/patients/not-an-id', { headers }));
    expect(problem).toMatchObject({ code: 'bad-input', details: { fields: [{ field: 'id' }] } });
    expect((await edge.ask('/api/patients/%E0%A4%A', { headers })).status).toBe(422);
    expect((await edge.ask('/api/patients/01900000-0000-7000-8000-000000000000', { headers })).status).toBe(404);
  });

  test('that names what is not there says so, and shows no empty list of it', async () => {
    const { username: everybody } = await someoneWithPassword(database, given, {
      facility: region.township,
      roles: [...Role.options],
    });
    const headers = { cookie: cookieOf(await post('/api/session', { username: everybody, password })) };
    const ofOne = Object.values(hubContract)
      .flatMap((word) => Object.values<AnyContractProcedure>(word))
      .map((procedure) => procedure['~orpc'].route)
      .filter(({ method, path = '' }) => method === 'GET' && path.includes('{'));
    expect(ofOne.length).toBeGreaterThan(10);
    for (const { path = '' } of ofOne) {
      const unknown = path.replace('{version}', '1').replace(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000');
      const { status } = await edge.ask(`/api${unknown}?charset=GBK`, { headers });
      expect([path, status]).toEqual([path, 404]);
    }
  });

  test('of a machine with a wrong token is refused, in the words of its door', async () => {
    const headers = { authorization: 'Bearer wrong' };
    expect(await problemOf(await edge.ask('/api/patients', { headers }))).toMatchObject({ code: 'unauthenticated' });
    const fhir = await edge.ask('/fhir/R4/DiagnosticReport', { headers });
    expect([fhir.status, ((await fhir.json()) as { resourceType: string }).resourceType]).toEqual([
      401,
      'OperationOutcome',
    ]);
    expect((await edge.ask('/dicomweb/studies', { headers })).status).toBe(401);
  });

  test('is described, every one of them, in OpenAPI 3.1', async () => {
    const document = (await (await edge.ask('/api/openapi.json')).json()) as OpenApi;
    expect(document.openapi).toMatch(/^3\.1\./);
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
    );
    const routes = Object.values(hubContract)
      .flatMap((word) => Object.values<AnyContractProcedure>(word))
      .map((procedure) => procedure['~orpc'].route);
    expect(routes.length).toBeGreaterThan(60);
    expect(operations.map(({ name }) => name).sort()).toEqual(
      routes.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    for (const { name, parameters = [], responses } of operations) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, one]) => one);
      expect([name, parameters.filter((one) => one.in === 'path').map((one) => one.name)]).toEqual([name, inPath]);
      expect(Object.keys(responses)).toEqual([expect.stringMatching(/^20[01]$/)]);
    }
    expect(JSON.stringify(document)).not.toContain('"$ref"');
  });
});

describe('the house', () => {
  test('lives, says what is down, and when it is ready', async () => {
    expect((await edge.ask('/healthz')).status).toBe(200);
    const before = await edge.ask('/readyz');
    expect([before.status, await before.json()]).toMatchObject([
      503,
      { ready: false, down: ['mediaWorker', 'queueConsumers'] },
    ]);
    const stops = ['media-worker', 'queue-consumers'].map((part) => beat(edge.deps.redis, part, () => true));
    await expect.poll(async () => (await edge.ask('/readyz')).status).toBe(200);
    for (const stop of stops) stop();
  });

  test('counts requests under a closed list of names', async () => {
    const headers = await loggedIn();
    await edge.ask('/api/patients/01900000-0000-7000-8000-000000000000', { headers });
    for (let at = 0; at < 20; at++) await edge.ask(`/api/made-up-${String.fromCharCode(97 + at)}`);
    const metrics = await edge.ask('/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await metrics.text();
    expect(text).toMatch(/hub_http_request_seconds_count\{[^}]*method="GET",route="\/api\/patients",status="404"/);
    expect(text).not.toMatch(/made-up|01900000/);
    expect(text).toContain('process_cpu_seconds_total');
  });
});
