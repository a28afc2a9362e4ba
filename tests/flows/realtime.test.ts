import { indexStudy, sendDocument } from '@lianzhen/contracts/jobs.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { Socket } from 'socket.io-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { logIn } from '../../server/api/identity/log-in.ts';
import { setAccount } from '../../server/api/identity/manage-accounts.ts';
import { changePassword, logOut } from '../../server/api/identity/own-session.ts';
import { ctxFor, type GivenAccount, type GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { livePages, withRelay } from '../factories/live-pages.ts';
import { browser, password, someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis, { recheckMs: 50 });
const relay = withRelay(database, redis);
const { open, page } = livePages(edge);

let house: GivenFacility;
let neighbour: GivenFacility;
let doctor: GivenAccount;
let stranger: GivenAccount;
beforeEach(async () => {
  [house, neighbour] = [await given.facility(), await given.facility()];
  doctor = await someoneWithPassword(database, given, { facility: house, roles: ['requesting-doctor'] });
  stranger = await someoneWithPassword(database, given, {
    facility: neighbour,
    roles: ['requesting-doctor', 'facility-admin'],
  });
});

const refusal = (socket: Socket) =>
  new Promise<string>((resolve) =>
    socket.once('connect_error', ({ message }) => resolve(message)).once('connect', () => resolve('connected')),
  );
const tell = relay.tell;
const closed = ({ socket }: { socket: Socket }) => expect.poll(() => socket.connected).toBe(false);

describe('a page hears', () => {
  test('what concerns its own facility or its person, and not its neighbour’s', async () => {
    const [own, other] = [await page(doctor), await page(stranger)];
    await tell('for-the-house', [house.id]);
    await tell('for-one-person', [], [doctor.accountId]);
    await tell('for-both', [house.id, neighbour.id]);
    await expect.poll(() => own.heard.length).toBe(3);
    expect(own.heard.map(({ id }) => id)).toEqual(['for-the-house', 'for-one-person', 'for-both']);
    await expect.poll(() => other.heard.map(({ id }) => id)).toEqual(['for-both']);
    expect(Object.keys(own.heard[0] ?? {}).sort()).toEqual(['id', 'revision', 'seq', 'stream', 'topic']);
    const [houses, persons] = [`facility:${house.id}`, `account:${doctor.accountId}`];
    expect(own.heard.map(({ stream, seq }) => [stream, seq])).toEqual([
      [houses, 1],
      [persons, 1],
      [houses, 2],
    ]);
  });

  test('nothing of what was taken back, and everything of what came in one act', async () => {
    const own = await page(doctor);
    const act = database.db.transaction(async (tx) => {
      await emit(tx, { topic: 'order', id: 'taken-back', revision: 1, facilityIds: [house.id] });
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow();
    await database.db.transaction(async (tx) => {
      for (let at = 0; at < 250; at++)
        await emit(tx, { topic: 'case', id: String(at), revision: 1, facilityIds: [house.id] });
    });
    await expect.poll(() => own.heard.length).toBe(250);
    expect(own.heard.map(({ id }) => Number(id))).toEqual(Array.from({ length: 250 }, (_, at) => at));
    expect(own.heard.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, at) => at + 1));
  });

  test('of an event that is none, only its own act', async () => {
    const wrong = { topic: 'gossip', id: 'x', revision: 1, facilityIds: [house.id] };
    await expect(database.db.transaction((tx) => emit(tx, wrong as never))).rejects.toThrow();
    const own = await page(doctor);
    await tell('after', [house.id]);
    await expect.poll(() => own.heard.map(({ id }) => id)).toEqual(['after']);
  });
});

describe('a socket', () => {
  test('opens for a session of this hub’s own pages alone', async () => {
    expect(await refusal(open({}))).toBe('unauthenticated');
    expect(await refusal(open({ cookie: 'lianzhen_session=made-up' }))).toBe('unauthenticated');
    const at = browser();
    await logIn(edge.deps, at.ctx, { username: doctor.username, password });
    const cookie = `lianzhen_session=${at.jar.token}`;
    for (const transport of ['websocket', 'polling'])
      expect(await refusal(open({ cookie, origin: 'https://evil.example' }, [transport]))).not.toBe('connected');
    expect(await refusal(open({ cookie, origin: edge.url }))).toBe('connected');
  });

  test('closes when one logs out, changes the password elsewhere, or is shut out', async () => {
    const left = await page(doctor);
    const [one, two] = [await page(doctor), await page(doctor)];
    await logOut(edge.deps, left.ctx);
    await closed(left);
    await changePassword(edge.deps, one.ctx, { current: password, next: 'Ein-neues-Kennwort-9' });
    await closed(two);
    expect(one.socket.connected).toBe(true);
    await database.db.account.update({ where: { id: doctor.accountId }, data: { disabledAt: new Date() } });
    await closed(one);
  });

  test('closes when its person sits elsewhere, and comes back to the other rooms', async () => {
    const before = await page(doctor);
    await database.db.accountRole.create({
      data: { accountId: doctor.accountId, facilityId: neighbour.id, role: 'reader' },
    });
    await closed(before);
    const after = await page(doctor);
    await tell('next-door', [neighbour.id]);
    await expect.poll(() => after.heard.map(({ id }) => id)).toEqual(['next-door']);
    const admin = ctxFor(stranger);
    await setAccount(edge.deps, admin, { id: doctor.accountId, facilityId: neighbour.id, roles: [] });
    await closed(after);
  });

  test('says nothing that anybody listens to', async () => {
    const [own, other] = [await page(doctor), await page(stranger)];
    own.socket.emit('changed', { topic: 'order', id: 'forged', revision: 1, stream: 'x', seq: 1 });
    own.socket.emit('join', `facility:${neighbour.id}`);
    await tell('marker', [house.id, neighbour.id]);
    await expect.poll(() => other.heard.map(({ id }) => id)).toEqual(['marker']);
    own.socket.emit('x', 'y'.repeat(100_000));
    await closed(own);
    expect(edge.io.of('/').adapter.rooms.get(`facility:${neighbour.id}`)?.size).toBe(1);
  });
});

describe('a job', () => {
  const promise = (deliveryId: string, runAt?: Date) =>
    database.db.transaction((tx) => enqueue(tx, sendDocument, { deliveryId }, runAt));
  const queued = async () => (await relay.queues.get('delivery')?.getJobs()) ?? [];
  const jobOf = async (deliveryId: string) => (await queued()).filter(({ data }) => data.deliveryId === deliveryId);

  test('is handed on once, soon, and waits for its moment', async () => {
    const [now, later] = [crypto.randomUUID(), crypto.randomUUID()];
    await promise(now);
    await promise(later, new Date(Date.now() + 3_600_000));
    await expect.poll(async () => (await jobOf(later)).length).toBe(1);
    const [waiting] = await jobOf(now);
    expect([await waiting?.getState(), waiting?.delay]).toEqual(['waiting', 0]);
    const [delayed] = await jobOf(later);
    expect(await delayed?.getState()).toBe('delayed');
    expect(delayed?.delay).toBeGreaterThan(3_500_000);
    expect(await database.db.outbox.count()).toBe(0);
  });

  test('whose row is handed on twice is one job', async () => {
    const id = crypto.randomUUID();
    await promise(id);
    await expect.poll(async () => (await jobOf(id)).length).toBe(1);
    const rowId = BigInt((await jobOf(id))[0]?.id?.replace('outbox-', '') ?? 0);
    // As if the relay had been killed between the queue and its own commit.
    await database.db.$executeRaw`
      INSERT INTO "Outbox" ("id", "kind", "name", "payload") VALUES (${rowId}, 'job', 'delivery.sendDocument', ${JSON.stringify({ deliveryId: id })}::json)`;
    await expect.poll(() => database.db.outbox.count()).toBe(0);
    expect(await jobOf(id)).toHaveLength(1);
  });

  test('that nobody here knows waits, and holds nothing up', async () => {
    await database.db
      .$executeRaw`INSERT INTO "Outbox" ("kind", "name", "payload") VALUES ('job', 'referral.sendOn', '{}'), ('job', 'reporting.renderDocuments', '{}')`;
    const id = crypto.randomUUID();
    await promise(id);
    await expect.poll(async () => (await jobOf(id)).length).toBe(1);
    expect((await database.db.outbox.findMany()).map(({ name }) => name)).toEqual([
      'referral.sendOn',
      'reporting.renderDocuments',
    ]);
    await database.db.$executeRaw`DELETE FROM "Outbox"`;
  });

  test('promised many times while it waits is one, with what was said last', async () => {
    await database.db.transaction(async (tx) => {
      for (let at = 0; at < 5; at++) await enqueue(tx, indexStudy, { studyInstanceUid: '1.2.3' });
    });
    await expect.poll(async () => (await relay.queues.get('imaging')?.getJobs())?.length).toBe(1);
    await expect(
      database.db.transaction((tx) => enqueue(tx, indexStudy, { studyInstanceUid: 7 as never })),
    ).rejects.toThrow();
  });
});
