import { beforeAll, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { password, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const edge = withEdge(database, withRedis());
let headers: { cookie: string };
const post = (body: string) =>
  edge.ask('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body });

beforeAll(async () => {
  const region = await given.region();
  const seat = { facility: region.township, roles: ['technician', 'reader', 'auditor'] as const };
  const { username } = await someoneWithPassword(database, given, { ...seat, roles: [...seat.roles] });
  const entered = await post(JSON.stringify({ username, password }));
  headers = { cookie: entered.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
});

// PostgreSQL has no NUL in a text and no day before the year 1: neither is a failure of the hub.
test.each([
  '/api/ecg/traces?studyInstanceUid=%00',
  '/api/worklist?from=0000-01-01',
  '/api/worklist?from=0001-01-01',
  '/api/audit?from=0000-01-01T00:00:00Z',
  '/api/audit?from=0001-01-01T00:00:00%2B14:00',
])('%s is bad input', async (path) => {
  const answer = await edge.ask(path, { headers });
  expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'bad-input' }]);
});

test.each(['{"username": "a\\u0000b", "password": "x"}', '{"username": "\\ud800", "password": "x"}'])(
  'the name in %s names its field',
  async (body) => {
    const answer = await post(body);
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { code: 'bad-input', details: { fields: [{ field: 'username' }] } },
    ]);
  },
);
