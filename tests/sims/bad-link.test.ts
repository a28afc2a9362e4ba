import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BadLink, type LinkSettings, missingForLinks, nearAddresses, openLink } from './bad-link.ts';

const missing = missingForLinks();
if (missing) console.log(`skipped: networks of their own (${missing})`);
const clear: LinkSettings = {
  delayMs: 0,
  jitterMs: 0,
  lossPercent: 0,
  rateKbps: 0,
  queueMs: 500,
  isSilent: false,
  passes: 'all',
  host: 2,
};

/** Sends datagrams and says how many came back, or opens a connection and says whether it could. */
const asker = `
const [how, port, address, count] = process.argv.slice(1);
if (how === 'udp') {
  const socket = require('node:dgram').createSocket('udp4');
  const seen = new Set();
  let from = '';
  socket.on('message', (bytes) => {
    const [number, sender] = String(bytes).split(' ');
    seen.add(number);
    from = sender;
    if (seen.size === Number(count)) finish();
  });
  let sent = 0;
  const timer = setInterval(() => { if (sent < count) socket.send(String(sent++), port, address); }, 2);
  const finish = () => { console.log(JSON.stringify({ back: seen.size, from })); process.exit(); };
  setTimeout(finish, Number(process.argv[5] ?? 700));
} else {
  const socket = require('node:net').connect(port, address);
  const say = (isOpen) => { console.log(JSON.stringify({ isOpen })); process.exit(); };
  socket.on('connect', () => say(true)).on('error', () => say(false)).setTimeout(700, () => say(false));
}`;

describe.skipIf(missing)('a link to a network of its own', () => {
  let link: BadLink;
  const echo = createSocket('udp4');
  const door = createServer((socket) => socket.end());
  let doorPort = 0;
  beforeAll(async () => {
    link = await openLink();
    echo.on('message', (bytes, from) => echo.send(`${bytes} ${from.address}`, from.port, from.address));
    await new Promise<void>((resolve) => echo.bind(0, '0.0.0.0', resolve));
    await new Promise<void>((resolve) => door.listen(0, '0.0.0.0', resolve));
    doorPort = (door.address() as { port: number }).port;
  });
  afterAll(async () => {
    echo.close();
    door.close();
    await link?.close();
  });

  async function ask(...words: (string | number)[]): Promise<Record<string, unknown>> {
    const [program = '', ...rest] = link.inside;
    const child = spawn(program, [...rest, process.execPath, '-e', asker, ...words.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [bytes] = await once(child.stdout, 'data');
    return JSON.parse(String(bytes));
  }
  const datagrams = (count: number, withinMs = 5000) =>
    ask('udp', echo.address().port, nearAddresses[0], count, withinMs);
  const connection = (port: number) => ask('tcp', port, nearAddresses[0]);
  const subnet = nearAddresses[0].replace(/\.0\.1$/, '');

  test('carries everything where nothing is wrong', async () => {
    expect(await datagrams(50)).toMatchObject({ back: 50 });
    expect(await connection(doorPort)).toEqual({ isOpen: true });
  });

  test('is silent, and speaks again', async () => {
    await link.set({ isSilent: true });
    expect(await datagrams(5, 300)).toMatchObject({ back: 0 });
    await link.set(clear);
    expect(await datagrams(5)).toMatchObject({ back: 5 });
  });

  test('loses what it is told to lose, and says so', async () => {
    const before = await link.set({ lossPercent: 30 });
    const { back } = await datagrams(300, 1500);
    const after = await link.set(clear);
    // Both ways: seven tenths of seven tenths, as the seed has it.
    expect(back).toBeGreaterThan(100);
    expect(back).toBeLessThan(200);
    expect(after.toHub.lost - before.toHub.lost).toBeGreaterThan(50);
  });

  test('lets no UDP through, or nothing but TCP 443', async () => {
    await link.set({ passes: 'tcp' });
    expect(await datagrams(5, 300)).toMatchObject({ back: 0 });
    expect(await connection(doorPort)).toEqual({ isOpen: true });
    await link.set({ passes: 'tcp-443' });
    expect(await connection(doorPort)).toEqual({ isOpen: false });
    await link.set(clear);
  });

  test('has no more room than its rate', async () => {
    // 100 datagrams of about 35 bytes are 28 kbit each way; a queue of 100 ms at 8 kb/s holds 100 bytes.
    await link.set({ rateKbps: 8, queueMs: 100 });
    const { back } = await datagrams(100, 600);
    expect(back).toBeLessThan(60);
    await link.set(clear);
    expect(await datagrams(20)).toMatchObject({ back: 20 });
  });

  test('gives the person another address', async () => {
    expect(await datagrams(1)).toEqual({ back: 1, from: expect.stringMatching(/^10\.\d+\.\d+\.2$/) });
    await link.set({ host: 9 });
    const { from } = await datagrams(1);
    expect(from).toMatch(/\.9$/);
    expect(String(from).startsWith(subnet)).toBe(true);
    await link.set(clear);
  });
});
