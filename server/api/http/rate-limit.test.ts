import { createServer } from 'node:http';
import { createLog } from '@lianzhen/platform/log.ts';
import express, { type ErrorRequestHandler } from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../context.ts';
import { problemFor, problemHeaders, statusOf } from './problem.ts';
import { limitRequests } from './rate-limit.ts';

let close: () => void;
let ask: (who: string) => Promise<Response>;
beforeEach(async () => {
  const app = express();
  app.use((req, res, next) => {
    const [kind, id = ''] = (req.get('x-who') ?? '').split(' ');
    const actor = { kind, accountId: id, tokenId: id } as Actor;
    res.locals.ctx = { actor, address: id, log: createLog('test', 'silent') };
    next();
  });
  app.use(limitRequests({ points: 3, duration: 60 }), (_req, res) => void res.send('here'));
  const answer: ErrorRequestHandler = (cause, _req, res, _next) =>
    res
      .status(statusOf(cause))
      .set(problemHeaders(cause))
      .send(JSON.stringify(problemFor(cause, '', 'en')));
  app.use(answer);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  ask = (who) => fetch(`http://127.0.0.1:${port}`, { headers: { 'x-who': who } });
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => close());

test('a flood is told to wait, and for how long', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask('person A')));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
  const refused = answers.find(({ status }) => status === 429);
  const wait = Number(refused?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await refused?.json()).toMatchObject({ code: 'rate-limited', details: { retryAfterSeconds: wait } });
});

test('each caller has a bound of his own, and those who say nothing have their address', async () => {
  for (let one = 0; one < 4; one++) await ask('person A');
  for (const who of ['person B', 'machine C', 'nobody A']) expect((await ask(who)).status).toBe(200);
  for (let one = 0; one < 3; one++) await ask('nobody 10.0.0.1');
  expect((await ask('nobody 10.0.0.1')).status).toBe(429);
  expect((await ask('nobody 10.0.0.2')).status).toBe(200);
});
