import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { freePort, probePort } from './ports.mjs';
import { describeProblems, findProblems, findTestProblems, type Machine } from './preflight.mjs';

const gigabyte = 1024 ** 3;
const healthy: Machine = {
  nodeVersion: '20.19.0',
  platform: 'linux',
  freeBytes: () => 50 * gigabyte,
  probePort: async () => 'free',
  has: () => true,
  canInstall: () => true,
  runningHub: () => undefined,
};
const find = async (env: NodeJS.ProcessEnv, machine: Partial<Machine>) =>
  (await findProblems({ env, root: tmpdir(), machine: { ...healthy, ...machine } })).map(({ en }) => en);

test('a healthy machine has no problem', async () => {
  expect(await find({}, {})).toEqual([]);
});

test.each(['18.20.4', '20.18.9', '16.0.0'])('Node %s is refused', async (nodeVersion) => {
  expect(await find({}, { nodeVersion })).toEqual([
    `Node ${nodeVersion} is too old: install Node 20.19 or newer and try again`,
  ]);
});

test.each(['20.19.0', '22.0.0', '24.1.0'])('Node %s will do', async (nodeVersion) => {
  expect(await find({}, { nodeVersion })).toEqual([]);
});

test('every problem is told at once, in the order of mending', async () => {
  const problems = await find(
    { HUB_MLLP_PORT: 'abc' },
    {
      nodeVersion: '18.0.0',
      freeBytes: () => gigabyte,
      has: () => false,
      canInstall: () => false,
      probePort: async (port) => (port === 8080 ? 'used' : 'free'),
    },
  );
  expect(problems).toHaveLength(5);
  expect(problems[0]).toContain('Node 18.0.0');
  expect(problems[1]).toContain('HUB_MLLP_PORT=abc is no port');
  expect(problems[2]).toContain('1.0 GB left');
  expect(problems[3]).toContain('apt-get install redis-server');
  expect(problems[4]).toContain('8080/tcp (HUB_HTTP_PORT) is in use');
});

test('a port in use is named with its variable, and the UDP one of media too', async () => {
  const problems = await find(
    { HUB_RTC_PORT: '40000' },
    { probePort: async (port, protocol) => (port === 40_000 && protocol === 'udp' ? 'used' : 'free') },
  );
  expect(problems).toEqual([
    'Port 40000/udp (HUB_RTC_PORT) is in use: stop what uses it, or start with HUB_RTC_PORT=40001',
  ]);
});

test('a port that this user may not open says so', async () => {
  const [problem] = await find(
    { HUB_HTTP_PORT: '80' },
    { probePort: async (port) => (port === 80 ? 'forbidden' : 'free') },
  );
  expect(problem).toContain('may not be opened by this user');
});

test('two settings with one port are refused', async () => {
  expect(await find({ HUB_DIMSE_PORT: '8080' }, {})).toEqual([
    'HUB_HTTP_PORT and HUB_DIMSE_PORT are both 8080: give one of them another port',
  ]);
});

test('a Redis of someone else needs none of ours', async () => {
  expect(await find({ REDIS_URL: 'redis://elsewhere' }, { has: () => false, canInstall: () => false })).toEqual([]);
});

test('a hub that runs already is named instead of its ports', async () => {
  const runningHub = () => ({ pid: 4711, started: 'then', url: 'http://localhost:8080' });
  const problems = await find({}, { runningHub, probePort: async () => 'used' });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('process 4711, http://localhost:8080');
});

test('the tests need no fixed port', () => {
  expect(findTestProblems({ root: tmpdir(), machine: { ...healthy, probePort: async () => 'used' } })).toEqual([]);
});

test('each problem is told in Chinese and in English', () => {
  expect(
    describeProblems([
      { zh: '一', en: 'one' },
      { zh: '二', en: 'two' },
    ]),
  ).toBe('✗ 一\n  one\n✗ 二\n  two');
});

test('a port that something listens on is seen as used, for TCP and for UDP', async () => {
  const tcp = createServer();
  await new Promise<void>((listening) => tcp.listen(0, '127.0.0.1', listening));
  const udp = createSocket('udp4');
  await new Promise<void>((bound) => udp.bind(0, bound));
  const address = tcp.address();
  if (!address || typeof address === 'string') throw new Error('no address');
  expect(await probePort(address.port, 'tcp')).toBe('used');
  expect(await probePort(udp.address().port, 'udp')).toBe('used');
  tcp.close();
  udp.close();
});

test('free ports are free, different, and outside the range of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 5 }, () => freePort()));
  expect(new Set(ports).size).toBe(5);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
    expect(await probePort(port, 'tcp')).toBe('free');
  }
});
