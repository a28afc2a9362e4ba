import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AssociationRejected } from './failures.ts';
import {
  associate,
  commandPdu,
  contexts,
  echoCommand,
  fragment,
  instance,
  isWell,
  requestBytes,
  sendRaw,
  startServer as start,
  storeCommand,
  until,
} from './server-for-tests.ts';
import { statusCode, success } from './status.ts';

async function startServer(...given: Parameters<typeof start>) {
  const running = await start(...given);
  onTestFinished(() => running.server.close(0));
  return running;
}

const rejected = (result: number, source: number, reason: number) => ({
  name: 'AssociationRejected',
  result,
  source,
  reason,
});

test('callers are rejected by name: wrong called title, unknown caller, handler out of order', async () => {
  const { port, refused } = await startServer(
    {},
    {
      async accept({ callingAeTitle }) {
        if (callingAeTitle === 'BROKEN') throw new Error('database is away');
        return callingAeTitle === 'USER' ? { ok: true, peer: 'p' } : { ok: false, result: 1, source: 1, reason: 3 };
      },
    },
  );
  await expect(associate(port, { calledAeTitle: 'OTHER' })).rejects.toMatchObject(rejected(1, 1, 7));
  await expect(associate(port, { callingAeTitle: 'STRANGER' })).rejects.toMatchObject(rejected(1, 1, 3));
  await expect(associate(port, { callingAeTitle: 'BROKEN' })).rejects.toMatchObject(rejected(2, 2, 1));
  expect(refused.map(({ kind, callingAeTitle }) => [kind, callingAeTitle])).toEqual([
    ['association', 'USER'],
    ['association', 'STRANGER'],
  ]);
  expect(await isWell(port)).toBe(true);
});

test('associations are limited in all and for each caller, and places become free again', async () => {
  const { port, server, refused } = await startServer({ associations: 3, associationsPerPeer: 2 });
  const first = await associate(port);
  const second = await associate(port);
  await expect(associate(port)).rejects.toMatchObject(rejected(2, 3, 2));
  const other = await associate(port, { callingAeTitle: 'OTHER' });
  await expect(associate(port, { callingAeTitle: 'THIRD' })).rejects.toBeInstanceOf(AssociationRejected);
  expect(refused.map(({ reason }) => reason)).toEqual([
    '2 associations of this caller are open',
    '3 associations are open',
  ]);
  expect(server.associations().map(({ callingAeTitle }) => callingAeTitle)).toEqual(['USER', 'USER', 'OTHER']);
  await first.release();
  await until(() => server.associations().length === 2);
  expect(await isWell(port)).toBe(true);
  await Promise.all([second.release(), other.release()]);
});

test('contexts the handler refuses are refused one by one', async () => {
  const { port, refused } = await startServer(
    {},
    {
      acceptsContext: (_peer, syntax, offered) =>
        syntax.endsWith('.1.2') ? offered[1] : { refused: 'transfer-syntaxes' },
    },
  );
  const association = await associate(port);
  expect([...association.contexts.values()].map(({ id, transferSyntax }) => [id, transferSyntax])).toEqual([
    [1, '1.2.840.10008.1.2.1'],
    [3, '1.2.840.10008.1.2'],
  ]);
  expect(refused).toMatchObject([{ kind: 'contexts', reason: `not offered here: ${contexts[2]?.abstractSyntax}` }]);
  await association.release();
});

test('silent connections push out each other, never an association', async () => {
  const { port, server, refused } = await startServer({ pendingConnections: 5 });
  const association = await associate(port);
  const silent = Array.from({ length: 40 }, () => connect({ port, host: '127.0.0.1' }).on('error', () => undefined));
  await until(() => refused.length === 35);
  await until(() => silent.filter(({ destroyed }) => destroyed).length === 35);
  expect((await association.echo()).code).toBe(statusCode.success);
  expect(await isWell(port)).toBe(true);
  expect(server.associations()).toHaveLength(1);
  for (const socket of silent) socket.destroy();
  await association.release();
});

test('who says nothing, stops in a message, or stays idle is timed out', async () => {
  const { port, refused } = await startServer({ artimMs: 100, idleMs: 150, stalledMs: 200 });
  expect(await sendRaw(port, Buffer.alloc(0))).toHaveLength(0);
  expect(await sendRaw(port, requestBytes().subarray(0, 50))).toHaveLength(0);
  await sendRaw(port, requestBytes());
  await sendRaw(port, Buffer.concat([requestBytes(), commandPdu(3, storeCommand('1.2'))]));
  await sendRaw(port, Buffer.concat([requestBytes(), fragment(1, true, false, Buffer.alloc(4))]));
  expect(refused.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['timeout', 'no association request in time'],
    ['timeout', 'no association request in time'],
    ['timeout', 'no request in time'],
    ['timeout', 'no rest of a message in time'],
    ['timeout', 'no rest of a message in time'],
  ]);
});

test('a handler that takes long is not a peer that is late', async () => {
  const { port } = await startServer(
    { stalledMs: 300, bufferedBytes: 1_000 },
    {
      async store(_peer, { body }) {
        await new Promise((resolve) => setTimeout(resolve, 700));
        for await (const _ of body);
        await new Promise((resolve) => setTimeout(resolve, 700));
        return success;
      },
    },
  );
  const association = await associate(port);
  expect((await association.store(instance('1.1', Buffer.alloc(4_000_000)))).code).toBe(statusCode.success);
  association.abort();
});

test('requests beyond the window wait for their turn', async () => {
  const { port, server } = await startServer();
  const echoes = Array.from({ length: 300 }, (_, index) => commandPdu(1, { ...echoCommand, messageId: index + 1 }));
  const release = Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
  const received = await sendRaw(port, Buffer.concat([requestBytes(), ...echoes, release]));
  expect(received.subarray(-10)[0]).toBe(6);
  expect(received.toString('latin1').split('1.2.840.10008.1.1\0').length - 1).toBe(300);
  await until(() => server.associations().length === 0);
});

test('with a window offered, operations run side by side and no more than it says', async () => {
  const may = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const { port, server } = await startServer(
    { operations: 3 },
    {
      async store(_peer, { body }) {
        running += 1;
        most = Math.max(most, running);
        for await (const _ of body);
        await may.promise;
        running -= 1;
        return success;
      },
    },
  );
  const stores = Array.from({ length: 8 }, (_, index) => [
    commandPdu(3, { ...storeCommand(`1.${index}`), messageId: index + 1 }),
    fragment(3, false, true, Buffer.alloc(100)),
  ]).flat();
  const release = Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
  const answered = sendRaw(port, Buffer.concat([requestBytes(), ...stores, release]));
  await until(() => server.associations()[0]?.running === 3);
  may.resolve();
  const received = (await answered).toString('latin1');
  expect(most).toBe(3);
  for (let index = 0; index < 8; index += 1) expect(received).toContain(`1.${index}\0`);
});
