import { expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { rawRequest, withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';

const edge = withEdge(withDatabase(), withRedis());
const paths = ['/api/session', '/dicomweb/studies', '/fhir/R4/metadata'];
const ask = (path: string, host: string) => rawRequest(`${edge.url}${path}`, 'GET', { host });

// Links and bulk data URIs are made of it: a quote ended the JSON they stood in, a space was a failure of the hub.
test.each(['a"b', 'a b', 'hub/dicomweb', 'user@hub', '<x>', 'hub:port', '[::1'])('of the host %j', async (host) => {
  for (const path of paths) {
    const { status, headers, text } = await ask(path, host);
    expect([path, status]).toEqual([path, 400]);
    expect(headers['content-type']).toMatch(path.startsWith('/fhir') ? /fhir\+json/ : /problem\+json/);
    expect(() => JSON.parse(text)).not.toThrow();
  }
});

test.each(['hub.example', 'hub_1:8080', '192.0.2.1:80', '[2001:db8::1]:8080', 'localhost'])(
  '%s is one',
  async (host) => {
    for (const path of paths) expect((await ask(path, host)).status).not.toBe(400);
    expect(JSON.parse((await ask('/fhir/R4/metadata', host)).text).implementation.url).toBe(`http://${host}/fhir/R4`);
  },
);
