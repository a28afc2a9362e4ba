import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  associate,
  commandPdu,
  echoCommand,
  fragment,
  isWell,
  type Running,
  requestBytes,
  sendRaw,
  startServer,
  storeCommand,
  until,
} from './server-for-tests.ts';

let running: Running;
beforeAll(async () => {
  running = await startServer({ stalledMs: 2_000, artimMs: 2_000 });
});
afterAll(async () => {
  await running.server.close(0);
});

const abortPdu = (reason: number) => Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 2, reason]);
const data = Buffer.alloc(24);
const accepted = (...parts: Buffer[]) => Buffer.concat([requestBytes(), ...parts]);
const acceptPdu = Buffer.from([2, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
const noMessageId = { ...echoCommand, messageId: undefined };

test.each<[string, Buffer, number, string]>([
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 1, 'PDU type 0x47 is not known'],
  ['data before an association', fragment(1, true, true, data), 2, 'data does not belong here'],
  ['an acceptance', acceptPdu, 6, 'A-ASSOCIATE of 4 bytes is too short'],
  ['a forged length', Buffer.from('0100fffffff0', 'hex'), 6, 'A-ASSOCIATE of 4294967280 bytes is longer than 262144'],
  ['a second request', accepted(requestBytes()), 2, 'associate-request does not belong here'],
  ['an unknown context', accepted(fragment(99, true, true, data)), 6, 'data on context 99, not accepted'],
  ['a data set without command', accepted(fragment(3, false, true, data)), 5, 'a data set arrived without its command'],
  [
    'a command inside a data set',
    accepted(commandPdu(3, storeCommand('1.2')), commandPdu(1, echoCommand)),
    5,
    'a command arrived inside a data set',
  ],
  [
    'a data set on another context',
    accepted(commandPdu(3, storeCommand('1.2')), fragment(5, false, true, data)),
    5,
    'a data set changes its presentation context',
  ],
  [
    'a command on two contexts',
    accepted(fragment(1, true, false, data), fragment(3, true, true, data)),
    5,
    'a command changes its presentation context',
  ],
  [
    'a command without end',
    accepted(fragment(1, true, false, Buffer.alloc(16_385))),
    6,
    'command set is longer than 16384 bytes',
  ],
  [
    'a command that is none',
    accepted(fragment(1, true, true, data)),
    6,
    'command set has no Command Field (0000,0100)',
  ],
  ['a request without message id', accepted(commandPdu(1, noMessageId)), 6, 'a request has no message id'],
  [
    'a response to nothing',
    accepted(commandPdu(1, { commandField: 0x8030, messageIdRespondedTo: 1, status: 0, hasDataset: false })),
    0,
    'a response arrived that nothing asked for',
  ],
])('%s is answered with A-ABORT and told to the audit', async (_name, bytes, reason, why) => {
  const before = running.refused.length;
  const received = await sendRaw(running.port, bytes);
  expect(received.subarray(-10)).toEqual(abortPdu(reason));
  expect(running.refused.slice(before)).toMatchObject([{ reason: why, remoteAddress: '127.0.0.1' }]);
});

test('a half-closed connection in the middle of anything is closed, and nothing is left of it', async () => {
  const whole = accepted(commandPdu(3, storeCommand('1.2')), fragment(3, false, false, Buffer.alloc(5_000)));
  for (const length of [0, 3, 6, 100, requestBytes().length, requestBytes().length + 8, whole.length]) {
    await sendRaw(running.port, whole.subarray(0, length), true);
  }
  await until(() => running.server.associations().length === 0);
  expect(running.stored.size).toBe(0);
  expect(await isWell(running.port)).toBe(true);
});

test('random and damaged conversations never disturb another association', async () => {
  const bystander = await associate(running.port, { callingAeTitle: 'BYSTANDER' });
  const conversation = accepted(
    commandPdu(1, echoCommand),
    commandPdu(3, storeCommand('1.2.3')),
    fragment(3, false, false, Buffer.alloc(300, 1)),
    fragment(3, false, true, Buffer.alloc(300, 2)),
    Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]),
  );
  const damage = fc.array(fc.tuple(fc.nat(conversation.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 });
  const damaged = damage.map((changes) => {
    const bytes = Buffer.from(conversation);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const cut = fc.tuple(damaged, fc.nat(conversation.length)).map(([bytes, length]) => bytes.subarray(0, length));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, random, cut), async (bytes) => {
      await sendRaw(running.port, bytes, true);
      expect((await bystander.echo()).code).toBe(0);
    }),
    { seed: 31, numRuns: 250 },
  );
  await until(() => running.server.associations().length === 1);
  await bystander.release();
  expect(running.logged).toEqual([]);
}, 60_000);
