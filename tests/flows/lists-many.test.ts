import { randomUUID } from 'node:crypto';
import type { CaseState } from '@lianzhen/contracts/worklist.ts';
import { beforeAll, expect, test } from 'vitest';
import { searchAudit } from '../../server/api/audit/search-audit.ts';
import { listConsultations } from '../../server/api/consultation/list-consultations.ts';
import { listInbox } from '../../server/api/delivery/inbox.ts';
import { listDeliveries } from '../../server/api/delivery/list-deliveries.ts';
import { listAlarms } from '../../server/api/ecg/alarms/list-alarms.ts';
import { listTraces } from '../../server/api/ecg/list-traces.ts';
import { dicomWebScope } from '../../server/api/imaging/dicomweb-access.ts';
import { listQuarantine } from '../../server/api/imaging/list-quarantine.ts';
import { listStudies } from '../../server/api/imaging/list-studies.ts';
import { search } from '../../server/api/imaging/search-store.ts';
import { listOrders } from '../../server/api/orders/list-orders.ts';
import { listCases } from '../../server/api/worklist/list-cases.ts';
import { unreadTraces } from '../../workers/ecg/store.ts';
import { ctxFor, type GivenAccount, movableClock, seatAt } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type GrownStore, givenGrownStore, growStore } from '../factories/grown-store.ts';
import { givenIn } from '../factories/region.ts';
import { rowsRead } from '../factories/rows-read.ts';

/** Also of the fewer a township has more than any list counts. */
const [few, many] = [3000, 15_000];
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
let admin: GivenAccount;
let regulator: GivenAccount;

const page = { page: 1, pageSize: 50 };
const queue = { ...page, q: '', sort: 'priority', direction: 'asc' } as const;
const running: CaseState[] = ['ready', 'rejected', 'submitted'];
/** In a session of his own: what one has looked at within a minute is not written down again. */
const by = (person: GivenAccount) => ctxFor({ ...person, sessionHash: randomUUID() });
const reader = () => by(store.region.attending);
const doctor = () => by(store.region.doctor);
const expert = () => by(store.region.expert);

const searched = (level: 'study' | 'instance') =>
  search(database.db, dicomWebScope(reader()), { level, conditions: [], limit: 100, offset: 0 });

/** What pages ask again and again, each by who asks it. */
const asked: Record<string, () => Promise<unknown>> = {
  'alarms that are open': () => listAlarms(deps, reader(), { state: 'open' }),
  'the ledger of a centre': () => listDeliveries(deps, reader(), { ...page, q: '' }),
  'the ledger of a region': () => listDeliveries(deps, by(regulator), { ...page, q: '' }),
  'what failed, on the home page': () =>
    listDeliveries(deps, by(admin), { ...page, q: '', state: ['rejected', 'failed'] }),
  'an inbox': () => listInbox(deps, doctor(), page),
  'what is unread, beside the menu': () => listInbox(deps, doctor(), { page: 1, pageSize: 1, unread: true }),
  'requests to a centre': () => listOrders(deps, reader(), { ...page, q: '' }),
  'requests that are under way': () => listOrders(deps, doctor(), { ...page, q: '', state: ['submitted', 'returned'] }),
  'the queue': () => listCases(deps, reader(), queue),
  'the queue on the home page': () => listCases(deps, reader(), { ...queue, state: running, claimable: true }),
  'what was reported': () => listCases(deps, reader(), { ...queue, state: ['reported'] }),
  'consultations that wait for an expert': () =>
    listConsultations(deps, expert(), { ...page, q: '', box: 'mine', state: ['submitted', 'accepted', 'opinion-due'] }),
  'studies of a centre': () => listStudies(deps, reader(), { ...page, q: '' }),
  'studies of a township': () => listStudies(deps, doctor(), { ...page, q: '' }),
  'recordings of a centre': () => listTraces(deps, reader(), page),
  'a search for any study, over DICOMweb': () => searched('study'),
  'a search for any image, over DICOMweb': () => searched('instance'),
  'questions that were decided': () => listQuarantine(deps, reader(), { ...page, state: 'accepted' }),
  'the trail of a region': () => searchAudit(deps, by(regulator), page),
  'recordings that nobody has read': () => unreadTraces(database.db, deps.clock.now(), 100),
};
const names = Object.keys(asked);
const cost = new Map<string, number>();
const costOf = (name: string) => rowsRead(database.db, async () => asked[name]?.());

async function overseers(): Promise<void> {
  const { county } = store.region;
  admin = await given.account({ facility: county, roles: ['facility-admin'] });
  const commission = await given.facility({ kind: 'commission' });
  const watches = await given.account({ facility: commission, roles: ['regulator', 'auditor'] });
  const covers = [commission, county, ...store.townships].map(({ id }) => id);
  regulator = { ...watches, seats: [seatAt(commission, ['regulator', 'auditor'], covers)] };
}

/** The same that is open, and five times as much that is done. */
beforeAll(async () => {
  const { db } = database;
  store = await givenGrownStore(db, await given.region());
  await overseers();
  // What helpers read for it is counted late, or not here.
  await db.$executeRaw`SET max_parallel_workers_per_gather = 0`;
  await growStore(db, store, 1, few);
  await db.$executeRaw`VACUUM (ANALYZE)`;
  for (const name of names) cost.set(name, await costOf(name));
  for (let at = few + 1; at <= many; at += 3000) await growStore(db, store, at, Math.min(many, at + 2999));
  await db.$executeRaw`VACUUM (ANALYZE)`;
}, 240_000);

test.each(names)('%s: costs no more in a store five times as large', async (name) => {
  const before = cost.get(name) ?? 0;
  // Where tables are small they are read whole; where they are large, only what is counted of them.
  expect(await costOf(name)).toBeLessThan(1.5 * before + 50);
});
