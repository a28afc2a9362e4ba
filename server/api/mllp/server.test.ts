import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterEach, expect, test } from 'vitest';
import { frameOf, framesIn } from '../../../tests/sims/mllp-frames.ts';
import type { MllpLimits } from './limits.ts';
import type { MessageHandler } from './message-handler.ts';
import { createMllpServer, type MllpServer } from './server.ts';

let server: MllpServer | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.close(1000);
});

const echo: MessageHandler = async (message) => Buffer.concat([Buffer.from('re '), message]);
async function start(handle: MessageHandler = echo, limits: Partial<MllpLimits> = {}) {
  const lines: { reason?: string }[] = [];
  const log = createLog('test', 'silent');
  log.warn = ((line: { reason?: string }) => lines.push(line)) as typeof log.warn;
  server = createMllpServer({ log, limits }, handle);
  const { port } = await server.listen(0, '127.0.0.1');
  return { port, refusals: () => lines.map(({ reason }) => reason) };
}

/** A connection whose answers are collected; `gone` resolves when the other side has ended it. */
async function dial(port: number) {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  sockets.push(socket);
  const answers: string[] = [];
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    const { frames, rest } = framesIn(Buffer.concat([pending, bytes]));
    pending = rest;
    answers.push(...frames.map(String));
  });
  socket.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  return { socket, answers, gone };
}
const eventually = (read: () => unknown) => expect.poll(read, { timeout: 5000, interval: 5 });

test('messages of one connection are answered in their order, those of another do not wait', async () => {
  const begun: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { port } = await start(async (message) => {
    begun.push(String(message));
    if (String(message) === 'slow') await held;
    return message;
  });
  const [one, other] = [await dial(port), await dial(port)];
  one.socket.write(Buffer.concat([frameOf('slow'), frameOf('second'), frameOf('third')]));
  await eventually(() => begun).toEqual(['slow']);
  other.socket.write(frameOf('other'));
  await eventually(() => other.answers).toEqual(['other']);
  expect(begun).toEqual(['slow', 'other']);
  release();
  await eventually(() => one.answers).toEqual(['slow', 'second', 'third']);
});

test('a message that comes byte by byte is one message', async () => {
  const { port } = await start();
  const { socket, answers } = await dial(port);
  for (const byte of frameOf('MSH|')) socket.write(Buffer.of(byte));
  await eventually(() => answers).toEqual(['re MSH|']);
});

test('garbage ends the connection with a logged refusal and no other', async () => {
  const { port, refusals } = await start();
  const [bad, good] = [await dial(port), await dial(port)];
  bad.socket.write('GET / HTTP/1.1\r\nHost: hub\r\n\r\n');
  await bad.gone;
  expect(refusals()).toEqual(['garbage']);
  good.socket.write(frameOf('x'));
  await eventually(() => good.answers).toEqual(['re x']);
});

test('a message above the limit is refused before it is whole', async () => {
  const { port, refusals } = await start(echo, { messageBytes: 1000 });
  const { socket, gone } = await dial(port);
  socket.write(Buffer.concat([Buffer.of(0x0b), Buffer.alloc(1001, 'a')]));
  await gone;
  expect(refusals()).toEqual(['garbage']);
});

test('silence and slowness end the connection, the second with a refusal', async () => {
  const { port, refusals } = await start(echo, { idleMs: 60, messageMs: 60 });
  const silent = await dial(port);
  await silent.gone;
  expect(refusals()).toEqual([]);
  const slow = await dial(port);
  slow.socket.write(Buffer.of(0x0b));
  // One byte now and then is not enough to stay.
  const drip = setInterval(() => slow.socket.write('a'), 10);
  await slow.gone;
  clearInterval(drip);
  expect(refusals()).toEqual(['too-slow']);
});

test('a handler that throws or does not come back ends its connection', async () => {
  const { port, refusals } = await start(
    async (message) => {
      if (String(message) === 'throw') throw new Error('no');
      return new Promise(() => undefined);
    },
    { handlerMs: 60 },
  );
  for (const message of ['throw', 'hang']) {
    const { socket, gone } = await dial(port);
    socket.write(frameOf(message));
    await gone;
  }
  expect(refusals()).toEqual(['handler', 'handler']);
});

test('connections are bounded, of one address and of all', async () => {
  const { port, refusals } = await start(echo, { connectionsPerAddress: 2 });
  const [first] = [await dial(port), await dial(port)];
  const third = await dial(port);
  await third.gone;
  expect(refusals()).toEqual(['too-many-connections']);
  first.socket.destroy();
  await eventually(() => server?.connections).toBe(1);
  const next = await dial(port);
  next.socket.write(frameOf('x'));
  await eventually(() => next.answers).toEqual(['re x']);
});

test('closing answers what is being taken, takes nothing new and ends', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const taken: string[] = [];
  const { port } = await start(async (message) => {
    taken.push(String(message));
    await held;
    return message;
  });
  const { socket, answers, gone } = await dial(port);
  socket.write(Buffer.concat([frameOf('first'), frameOf('second')]));
  const idle = await dial(port);
  await eventually(() => taken).toEqual(['first']);
  const closed = server?.close(5000);
  await idle.gone;
  release();
  await closed;
  await gone;
  expect(answers).toEqual(['first']);
  expect(taken).toEqual(['first']);
});

test('a peer that leaves in the middle of its message harms nobody', async () => {
  const { port, refusals } = await start(async (message) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return message;
  });
  const { socket } = await dial(port);
  socket.write(frameOf('x'));
  socket.write(Buffer.of(0x0b, 0x41));
  socket.resetAndDestroy();
  await eventually(() => server?.connections).toBe(0);
  const next = await dial(port);
  next.socket.write(frameOf('y'));
  await eventually(() => next.answers).toEqual(['y']);
  expect(refusals()).toEqual([]);
});
