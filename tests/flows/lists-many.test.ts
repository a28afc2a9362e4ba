import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { listAlarms } from '../../server/api/ecg/alarms/list-alarms.ts';
import { blocksRead } from '../factories/blocks-read.ts';
import { ctxFor, movableClock } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type GrownStore, givenGrownStore, growStore } from '../factories/grown-store.ts';
import { givenIn } from '../factories/region.ts';

const [few, many] = [1000, 10_000];
// One connection: what it counted is what was asked here.
const database = withDatabase(1);
const given = givenIn(database);
const deps = {
  get db() {
    return database.db;
  },
  clock: movableClock(),
};
let store: GrownStore;

/** In a session of his own: what one has looked at within a minute is not written down again. */
const as = (name: 'attending' | 'doctor') => ctxFor({ ...store.region[name], sessionHash: randomUUID() });

/** What pages ask again and again, each by who asks it. */
const asked: Record<string, () => Promise<unknown>> = {
  'alarms that are open': () => listAlarms(deps, as('attending'), { state: 'open' }),
};
const names = Object.keys(asked);
const cost = new Map<string, number>();
const costOf = (name: string) => blocksRead(database.db, async () => asked[name]?.());

/** The same that is open, and ten times as much that is done. */
beforeAll(async () => {
  const { db } = database;
  store = await givenGrownStore(db, await given.region());
  // What helpers read for it is counted late, or not here.
  await db.$executeRaw`SET max_parallel_workers_per_gather = 0`;
  await growStore(db, store, 1, few);
  await db.$executeRaw`VACUUM (ANALYZE)`;
  for (const name of names) cost.set(name, await costOf(name));
  for (let at = few + 1; at <= many; at += 3000) await growStore(db, store, at, Math.min(many, at + 2999));
  await db.$executeRaw`VACUUM (ANALYZE)`;
}, 240_000);

test.each(names)('%s: costs no more in a store ten times as large', async (name) => {
  const before = cost.get(name) ?? 0;
  expect(before).toBeGreaterThan(0);
  // Indexes are a level deeper, and statistics another sample.
  expect(await costOf(name)).toBeLessThan(1.5 * before + 50);
});
