import { expect, test } from 'vitest';
import { connectDb } from './client.ts';
import { isDatabaseGone } from './database-gone.ts';

/** Nothing listens on port 1. */
const db = connectDb('postgresql://nobody@127.0.0.1:1/none', 1);
const causeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (cause) => cause,
  );

test.each([
  ['a query', () => db.account.findMany()],
  ['a statement', () => db.$queryRaw`SELECT 1`],
  ['a transaction', () => db.transaction((tx) => tx.account.findMany())],
  ['the pool', () => db.pool.query('SELECT 1')],
])('%s without a server', async (_, ask) => {
  expect(isDatabaseGone(await causeOf(ask()))).toBe(true);
});

test.each(['08006', '57P01', '57P03', 'ECONNRESET', 'P1017'])('the code %s', (code) => {
  expect(isDatabaseGone(Object.assign(new Error('gone'), { code }))).toBe(true);
});

test('a connection that is lost at the end of a transaction comes as the driver has it', () => {
  const bare = (originalCode: string) =>
    Object.assign(new Error('terminating connection due to unexpected postmaster exit'), {
      ...{ name: 'DriverAdapterError', cause: { kind: 'postgres', originalCode } },
    });
  expect(isDatabaseGone(bare('57P01'))).toBe(true);
  expect(isDatabaseGone(bare('23505'))).toBe(false);
});

test.each(['23505', '57014', 'P2002', 'P2025', ''])('%s is an answer of a database that is there', (code) => {
  expect(isDatabaseGone(Object.assign(new Error('no'), { code }))).toBe(false);
  expect(isDatabaseGone({ code: '57P01' })).toBe(false);
});
