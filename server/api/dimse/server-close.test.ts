import { expect, test } from 'vitest';
import { gather } from './dataset-body.ts';
import { associate, instance, startServer, until } from './server-for-tests.ts';
import { success } from './status.ts';

const holding = () => {
  const held = Promise.withResolvers<void>();
  const store = async (_peer: string, { body }: { body: AsyncIterable<Buffer> }) => {
    await gather(body);
    await held.promise;
    return success;
  };
  return { held, store };
};

test('closing lets a running store finish, aborts idle associations, and refuses new ones', async () => {
  const { held, store } = holding();
  const { server, port } = await startServer({}, { store });
  const idle = await associate(port, { callingAeTitle: 'IDLE' });
  const busy = await associate(port);
  const stored = busy.store(instance('1.1', Buffer.alloc(10)));
  await until(() => server.associations().some(({ running }) => running === 1));
  const closed = server.close(60_000);
  await expect(idle.echo()).rejects.toThrow('peer aborted the association');
  await expect(associate(port)).rejects.toThrow('cannot connect');
  held.resolve();
  expect((await stored).code).toBe(0);
  await closed;
  await expect(busy.echo()).rejects.toThrow();
  expect(server.associations()).toEqual([]);
});

test('after the grace what still runs is aborted, and closing twice is closing once', async () => {
  const { store } = holding();
  const { server, port } = await startServer({}, { store });
  const busy = await associate(port);
  const stored = busy.store(instance('1.1', Buffer.alloc(10)));
  await until(() => server.associations().some(({ running }) => running === 1));
  const closed = Promise.all([server.close(20), server.close(20)]);
  await expect(stored).rejects.toThrow('peer aborted the association');
  await closed;
});

test('a port in use is an error of listen', async () => {
  const { server, port } = await startServer();
  const { createDimseServer } = await import('./server.ts');
  const { defaultLimits } = await import('./limits.ts');
  const log = { info() {}, warn() {}, error() {} };
  const options = { port, host: '127.0.0.1', aeTitle: 'X', limits: defaultLimits, log };
  const second = createDimseServer(
    { ...options, implementation: { classUid: '1.2', versionName: 'X' } },
    {
      accept: async () => ({ ok: true, peer: null }),
      acceptsContext: () => undefined,
      store: async () => success,
      async *find() {
        yield* [];
      },
    },
  );
  await expect(second.listen()).rejects.toThrow('EADDRINUSE');
  await second.close(0);
  await server.close(0);
});
