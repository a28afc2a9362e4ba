import { expect, onTestFinished, test } from 'vitest';
import { gather } from './dataset-body.ts';
import { DimseFailure } from './failures.ts';
import { associate, instance, isWell, startServer as start, studyRootFind, until } from './server-for-tests.ts';
import { statusCode, success } from './status.ts';

async function startServer(...given: Parameters<typeof start>) {
  const running = await start(...given);
  onTestFinished(() => running.server.close(0));
  return running;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const patient = (name: string) => ({ '00100010': { vr: 'PN', Value: [{ Alphabetic: 'X', Ideographic: name }] } });

test('an instance arrives as it was sent, in pieces of any size', async () => {
  const { port, stored } = await startServer();
  const association = await associate(port);
  const whole = Buffer.from(Array.from({ length: 700_001 }, (_, index) => index % 251));
  async function* pieces() {
    for (let at = 0; at < whole.length; at += 33_333) yield whole.subarray(at, at + 33_333);
  }
  expect((await association.store(instance('1.2.1', whole))).code).toBe(statusCode.success);
  expect((await association.store(instance('1.2.2', pieces()))).code).toBe(statusCode.success);
  expect(stored.get('1.2.1')?.equals(whole)).toBe(true);
  expect(stored.get('1.2.2')?.equals(whole)).toBe(true);
  await association.release();
});

test('a failing store fails its instance alone', async () => {
  const { port, logged } = await startServer(
    {},
    {
      async store(_peer, { sopInstanceUid, body }) {
        if (sopInstanceUid === '1.1') throw new Error('disk');
        if (sopInstanceUid === '1.2') throw new DimseFailure(0xa701, 'quarantined');
        await gather(body);
        return success;
      },
    },
  );
  const association = await associate(port);
  const big = Buffer.alloc(1_000_000);
  expect(await association.store(instance('1.1', big))).toEqual({ code: 0x0110, comment: 'processing failure' });
  expect(await association.store(instance('1.2', big))).toEqual({ code: 0xa701, comment: 'quarantined' });
  expect(await association.store(instance('1.3', big))).toEqual({ code: 0, comment: undefined });
  expect(logged.map(({ message }) => message)).toEqual(['dimse request failed']);
  await association.release();
});

test('an instance that is too long is refused and the next one is not', async () => {
  const { port, stored } = await startServer({ instanceBytes: 500_000 });
  const association = await associate(port);
  expect((await association.store(instance('1.1', Buffer.alloc(500_002)))).code).toBe(statusCode.outOfResources);
  expect((await association.store(instance('1.2', Buffer.alloc(500_000)))).code).toBe(statusCode.success);
  expect([...stored.keys()]).toEqual(['1.2']);
  await association.release();
});

test('an instance without end is aborted', async () => {
  const { port, refused } = await startServer({ instanceBytes: 100_000 });
  const association = await associate(port);
  async function* endless() {
    for (;;) yield Buffer.alloc(50_000);
  }
  await expect(association.store(instance('1.1', endless()))).rejects.toThrow('peer aborted the association');
  expect(refused).toMatchObject([{ kind: 'limit', reason: 'data set goes on beyond 200000 bytes' }]);
  expect(await isWell(port)).toBe(true);
});

test('a handler that reads slowly holds the sender back', async () => {
  const may = Promise.withResolvers<void>();
  const { port } = await startServer(
    { bufferedBytes: 65_536 },
    {
      async store(_peer, { body }) {
        await may.promise;
        await gather(body);
        return success;
      },
    },
  );
  const association = await associate(port);
  let given = 0;
  async function* pieces() {
    for (; given < 400; given += 1) yield Buffer.alloc(262_144);
  }
  const done = association.store(instance('1.1', pieces()));
  // The kernel's own buffers on both ends take a few megabytes; a sender that is not held back would give all 100.
  let before = -1;
  await until(() => {
    const isStill = given === before && given > 0;
    before = given;
    return isStill;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(given).toBeLessThan(200);
  may.resolve();
  expect((await done).code).toBe(statusCode.success);
  await association.release();
});

test('a reader learns that its sender was lost', async () => {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<unknown>();
  const { port } = await startServer(
    {},
    {
      async store(_peer, { body }) {
        try {
          for await (const _ of body) begun.resolve();
        } catch (error) {
          ended.resolve(error);
          throw error;
        }
        return success;
      },
    },
  );
  const association = await associate(port);
  async function* stopping() {
    yield Buffer.alloc(300_000);
    await begun.promise;
    throw new Error('sender fails');
  }
  await expect(association.store(instance('1.1', stopping()))).rejects.toThrow('sender fails');
  expect(await ended.promise).toMatchObject({ name: 'PeerDisconnected', message: 'peer aborted the association' });
});

test('matches are sent as they come, Chinese names whole, and the query arrives as it was asked', async () => {
  const asked: unknown[] = [];
  const { port } = await startServer(
    {},
    {
      async *find(peer, { sopClassUid, identifier }) {
        asked.push({ peer, sopClassUid, identifier });
        yield patient('张三');
        yield patient('李四');
      },
    },
  );
  const association = await associate(port);
  const names: unknown[] = [];
  const identifier = { '00080052': { vr: 'CS', Value: ['STUDY'] }, ...patient('张*') };
  for await (const match of association.find({ sopClassUid: studyRootFind, identifier })) {
    names.push(match['00100010']?.Value?.[0]);
  }
  expect(names).toMatchObject([{ Ideographic: '张三' }, { Ideographic: '李四' }]);
  expect(asked).toMatchObject([{ peer: 'USER', sopClassUid: studyRootFind, identifier }]);
  expect((await association.echo()).code).toBe(statusCode.success);
  await association.release();
});

test('a find ends with C-CANCEL, with too many matches, and with a failing handler', async () => {
  const cancelled = Promise.withResolvers<void>();
  const { port } = await startServer(
    { findResults: 3 },
    {
      async *find(_peer, { identifier, signal }) {
        const mode = identifier['00100020']?.Value?.[0];
        if (mode === 'fail') throw new DimseFailure(0xa700, 'busy');
        yield patient('一');
        if (mode === 'many') for (;;) yield patient('多');
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        cancelled.resolve();
      },
    },
  );
  const association = await associate(port);
  const query = (mode: string, signal?: AbortSignal) =>
    association.find({ sopClassUid: studyRootFind, identifier: { '00100020': { vr: 'LO', Value: [mode] } }, signal });
  const stop = new AbortController();
  for await (const _ of query('wait', stop.signal)) stop.abort();
  await cancelled.promise;
  await expect(all(query('many'))).rejects.toMatchObject({ status: { comment: 'more than 3 matches' } });
  await expect(all(query('fail'))).rejects.toMatchObject({ status: { code: 0xa700, comment: 'busy' } });
  expect((await association.echo()).code).toBe(statusCode.success);
  await association.release();
});
