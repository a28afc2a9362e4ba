import { beforeAll, expect, test } from 'vitest';
import { type ConsultingRegion, consultationBody, consultingRegion } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { password, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis);
const given = givenIn(database);
let region: ConsultingRegion;
let cookie: string;
beforeAll(async () => {
  region = await consultingRegion(database, given);
  const facility = region.township;
  const { username } = await someoneWithPassword(database, given, { facility, roles: ['requesting-doctor'] });
  const answer = await post('/api/session', { username, password });
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
});
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  edge.ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const problemOf = async (answer: Response) => ({
  contentType: answer.headers.get('content-type'),
  ...((await answer.json()) as { code: string; details: { fields: Array<{ field: string }> } }),
});

test('a request with items missing is refused with each of them named, for who is logged in', async () => {
  const { reason: _, summary: __, title: ___, consent: ____, ...incomplete } = consultationBody(region);
  const stranger = await post('/api/consultations', consultationBody(region));
  expect(stranger.status).toBe(401);
  const answer = await post('/api/consultations', incomplete, { cookie });
  expect(answer.status).toBe(422);
  const problem = await problemOf(answer);
  expect(problem).toMatchObject({
    contentType: expect.stringContaining('application/problem+json'),
    code: 'bad-input',
  });
  expect(problem.details.fields.map(({ field }) => field).sort()).toEqual(['consent', 'reason', 'summary', 'title']);
  expect((await post('/api/consultations', consultationBody(region), { cookie })).status).toBe(201);
});

test('a guest needs no session, and a wrong number and a wrong code sound the same', async () => {
  const answers = await Promise.all(
    [
      { number: '12345678', code: 'ABCDEFGH' },
      { number: '12345678', pass: 'p'.repeat(32) },
    ].map((key) => post('/api/consultation-guests/join', key)),
  );
  for (const answer of answers) {
    expect(answer.status).toBe(401);
    expect((await problemOf(answer)).code).toBe('wrong-credentials');
  }
  expect((await post('/api/consultation-guests/join', { number: '1', code: {} })).status).toBe(422);
});

test('every route is described', async () => {
  const { paths } = (await (await edge.ask('/api/openapi.json')).json()) as { paths: Record<string, object> };
  for (const path of [
    '/consultations',
    '/consultations/{id}/join',
    '/consultation-experts',
    '/consultation-guests/join',
  ])
    expect(
      Object.keys(paths).some((one) => one.endsWith(path)),
      path,
    ).toBe(true);
});
