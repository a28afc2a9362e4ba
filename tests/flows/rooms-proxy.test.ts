import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { registry } from '@lianzhen/platform/metrics.ts';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measureMediaNodes } from '../../server/api/consultation/media-metrics.ts';
import { chooseNode, findNode, keepNode, pinnedNode } from '../../server/api/consultation/media-nodes.ts';
import { openMediaProxy } from '../../server/api/consultation/media-proxy.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const redis = withRedis();
const node = withRoomNode(database, redis, { times: { aliveMs: 100 } });

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((req, res) => {
    if (!media(req, res)) res.writeHead(418).end();
  });
  const media = openMediaProxy(node.deps, server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const described = { url: 'http://127.0.0.1:1', rooms: 0, people: 0, workers: 1, producers: 0, consumers: 0 };

test('people reach a room through the hub’s own address, by websocket and by polling', async () => {
  const consultationId = randomUUID();
  const expert = await node.sit({ consultationId, role: 'expert', url });
  const polling = io(url, {
    path: '/media/node-1/socket.io',
    auth: { token: expert.token },
    transports: ['polling'],
    extraHeaders: { origin: url },
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => polling.once('connect', resolve).once('connect_error', reject));
  const answer = await polling.timeout(5000).emitWithAck('join', {});
  expect(answer).toMatchObject({ ok: true, value: { admission: 'in', peerId: expert.joined?.peerId } });
  await expect.poll(() => expert.all('closed')).toMatchObject([{ reason: 'replaced' }]);
  polling.disconnect();
});

test('another site’s page, an unknown node and another path get nothing', async () => {
  const ask = (path: string, origin?: string) => fetch(`${url}${path}`, { headers: origin ? { origin } : {} });
  const polls = '/socket.io/?EIO=4&transport=polling';
  expect((await ask(`/media/node-1${polls}`)).status).toBe(200);
  expect((await ask(`/media/node-1${polls}`, 'https://evil.example')).status).toBe(403);
  const unknown = await ask(`/media/node-9${polls}`);
  expect([unknown.status, await unknown.json()]).toMatchObject([503, { code: 'unavailable' }]);
  for (const path of ['/media/NODE-1/socket.io/', '/media/node-1/metrics', '/media/node-1/socket.io/../metrics', '/'])
    expect((await ask(path)).status).toBe(418);
  for (const [path, origin] of [
    ['/media/node-1/socket.io', 'https://evil.example'],
    ['/media/node-9/socket.io', url],
  ]) {
    const socket = io(url, {
      path,
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { origin: origin ?? '' },
    });
    const asked = new Promise<string>((resolve) =>
      socket.once('connect', () => resolve('open')).once('connect_error', () => resolve('shut')),
    );
    expect(await asked).toBe('shut');
    socket.disconnect();
  }
});

test.each(['websocket', 'polling'])('a browser that vanishes from %s takes nothing with it', async (transport) => {
  const person = await node.sit({ url });
  const port = Number(new URL(url).port);
  for (const ms of [0, 1, 5, 50]) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    const upgrade = 'Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13';
    const asks = `GET /media/node-1/socket.io/?EIO=4&transport=${transport} HTTP/1.1\r\nHost: x`;
    socket.write(`${asks}\r\n${transport === 'websocket' ? `Connection: Upgrade\r\n${upgrade}\r\n` : ''}\r\n`);
    await wait(ms);
    socket.resetAndDestroy();
    await wait(50);
  }
  // An error that nobody caught would have ended the whole role, and with it this test's run.
  await expect(person.ask('chat', { id: randomUUID(), text: '还在' })).resolves.toMatchObject({ seq: 2 });
});

test('a node that hangs is told to the page, and found again at its new address', async () => {
  const asking = node.deps.redis;
  const stop = await keepNode(asking, 'node-7', () => described);
  expect((await fetch(`${url}/media/node-7/socket.io/?EIO=4&transport=polling`)).status).toBe(503);
  await stop();
  const { url: real } = node.node;
  const again = await keepNode(asking, 'node-7', () => ({ ...described, url: real }));
  // The node behind it answers for itself alone: 404 is its own word.
  expect((await fetch(`${url}/media/node-7/socket.io/?EIO=4&transport=polling`)).status).toBe(404);
  await again();
});

test('a room stays on its node, and moves when that is dead; people who are still there are sent after it', async () => {
  const asking = node.deps.redis;
  const consultationId = randomUUID();
  const [one, two] = await Promise.all([
    chooseNode({ redis: asking }, consultationId),
    chooseNode({ redis: asking }, consultationId),
  ]);
  expect([one, two]).toEqual(['node-1', 'node-1']);
  const person = await node.sit({ consultationId });
  const stop = await keepNode(asking, 'node-2', () => described);
  expect(await chooseNode({ redis: asking }, consultationId)).toBe('node-1');
  // As Redis forgets a node that is silent.
  await asking.del('lianzhen:media-node:node-1');
  expect(await chooseNode({ redis: asking }, consultationId)).toBe('node-2');
  expect(await pinnedNode(asking, consultationId)).toBe('node-2');
  await expect.poll(() => person.all('closed')).toMatchObject([{ reason: 'moving' }]);
  await expect.poll(() => findNode(asking, 'node-1')).toBeTruthy();
  await stop();
});

test('where no node lives, nobody is sent anywhere', async () => {
  const asking = node.deps.redis;
  await asking.del('lianzhen:media-node:node-1');
  await expect(chooseNode({ redis: asking }, randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
  await expect.poll(() => findNode(asking, 'node-1')).toBeTruthy();
});

test('/metrics tells what the nodes carry', async () => {
  measureMediaNodes(node.deps.redis);
  await node.sit();
  await expect.poll(() => registry.metrics()).toMatch(/hub_media_people\{node="node-1",product="lianzhen"\} [1-9]/);
  const text = await registry.metrics();
  for (const name of ['rooms', 'workers', 'producers', 'consumers'])
    expect(text).toContain(`hub_media_${name}{node="node-1"`);
});
