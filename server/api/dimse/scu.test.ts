import { createServer, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { encodeAssociateAccept } from './associate-encode.ts';
import { encodeAbort } from './pdu-encode.ts';
import { associate, contexts, instance, startServer, studyRootFind } from './server-for-tests.ts';
import { explicitVrLittleEndian } from './uids.ts';

/** A peer that does with its connection what the test says. */
async function strangePeer(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

const acceptAll = encodeAssociateAccept({
  protocolVersion: 1,
  calledAeTitle: 'PROVIDER',
  callingAeTitle: 'USER',
  applicationContext: '1.2.840.10008.3.1.1.1',
  contexts: contexts.map((_, index) => ({ id: 2 * index + 1, result: 0, transferSyntax: explicitVrLittleEndian })),
  user: { maxPduBytes: 16_384, implementationClassUid: '1.2', roles: [] },
});

test('a peer that is not there, does not answer, or speaks something else is named', async () => {
  await expect(associate(1)).rejects.toThrow('cannot connect to 127.0.0.1:1: connect ECONNREFUSED');
  const silent = await strangePeer(() => undefined);
  await expect(associate(silent, { timeoutMs: 50 })).rejects.toThrow('no answer to the association request within 50');
  const http = await strangePeer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(associate(http)).rejects.toThrow('association broke: PDU type 0x48 is not known');
  const aborting = await strangePeer((socket) => socket.end(encodeAbort(2, 1)));
  await expect(associate(aborting)).rejects.toThrow('peer aborted the association (source 2, reason 1)');
  const closing = await strangePeer((socket) => socket.end());
  await expect(associate(closing)).rejects.toThrow('peer closed the connection');
});

test('a peer that accepts and then says nothing times out; release ends anyway', async () => {
  const port = await strangePeer((socket) => socket.write(acceptAll));
  const asking = await associate(port, { timeoutMs: 60 });
  await expect(asking.echo()).rejects.toThrow('no response within 60 ms');
  const leaving = await associate(port, { timeoutMs: 60 });
  await leaving.release();
});

test('a peer that takes nothing is given up', async () => {
  const port = await strangePeer((socket) => {
    socket.write(acceptAll);
    socket.pause();
  });
  const association = await associate(port, { timeoutMs: 100 });
  await expect(association.store(instance('1.1', Buffer.alloc(64 * 1024 * 1024)))).rejects.toThrow(
    'peer took nothing for 100 ms',
  );
});

test('what the peer did not accept cannot be asked', async () => {
  const { server, port } = await startServer({}, { acceptsContext: () => undefined });
  const association = await associate(port);
  await expect(association.store(instance('1.1', Buffer.alloc(2)))).rejects.toThrow('peer did not accept');
  expect((await association.echo()).code).toBe(0);
  await association.release();
  await server.close(0);
});

test('requests made at once are sent one after the other', async () => {
  const { server, port, stored } = await startServer();
  const association = await associate(port);
  const answers = await Promise.all([
    association.store(instance('1.1', Buffer.alloc(500_000, 1))),
    association.echo(),
    association.store(instance('1.2', Buffer.alloc(500_000, 2))),
  ]);
  expect(answers.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect([...stored.values()].map(({ length }) => length)).toEqual([500_000, 500_000]);
  await association.release();
  await server.close(0);
});

test('a find that is left half-read ends the association, since its answers would be taken for others', async () => {
  const find = async function* () {
    for (;;) yield { '00100020': { vr: 'LO', Value: ['1'] } };
  };
  const { server, port } = await startServer({}, { find });
  const association = await associate(port);
  for await (const _ of association.find({ sopClassUid: studyRootFind, identifier: {} })) break;
  await expect(association.echo()).rejects.toThrow('association was aborted here');
  await server.close(0);
});
