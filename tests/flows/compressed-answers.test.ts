import { expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { rawRequest, withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';

const edge = withEdge(withDatabase(), withRedis());

test('an answer of some length is compressed for whoever can read that, and for nobody else', async () => {
  const asked = (coding: string) => rawRequest(`${edge.url}/api/openapi.json`, 'GET', { 'accept-encoding': coding });
  const [plain, gzip, br] = await Promise.all([asked('identity'), asked('gzip'), asked('gzip, br')]);
  expect([plain, gzip, br].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br']);
  expect(br.headers.vary).toContain('Accept-Encoding');
  expect(JSON.parse(plain.text)).toMatchObject({ openapi: '3.1.1' });
  const short = await rawRequest(`${edge.url}/healthz`, 'GET', { 'accept-encoding': 'br' });
  expect([short.status, short.headers['content-encoding']]).toEqual([200, undefined]);
});
