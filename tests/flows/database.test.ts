import { findDuplicates, sendDocument } from '@lianzhen/contracts/jobs.ts';
import { isForeignKeyViolation, isUniqueViolation, queryBelow, type Tx } from '@lianzhen/db/client.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { orderInScope, patientInScope, scopeOfFacilities, studyInScope } from '@lianzhen/db/scope.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { deskDeps, readyCase } from '../factories/asking.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
let region: Region;
beforeEach(async () => {
  region = await given.region();
});
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (cause: unknown) => cause,
  );

describe('a transaction', () => {
  /**
   * Two that take two rows in opposite order, and meet in between. The one that is ended comes again only after
   * the other: a row it has let go may be its own again before the other, who was first in line, has woken up.
   */
  async function crossing(take: (tx: Tx, id: string) => Promise<unknown>): Promise<number> {
    const other = await given.patient({ facility: region.township });
    const ids = [region.patient.id, other.id];
    const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let attempts = 0;
    const work: Promise<void>[] = [];
    const run = (from: number) => {
      let first = true;
      return database.db.transaction(async (tx) => {
        attempts += 1;
        if (!first) await work[1 - from];
        first = false;
        await take(tx, ids[from] ?? '');
        met[from]?.resolve();
        await met[1 - from]?.promise;
        await take(tx, ids[1 - from] ?? '');
      });
    };
    work.push(run(0), run(1));
    await Promise.all(work);
    return attempts;
  }

  test('that PostgreSQL ends to break a deadlock is tried again, whatever words it was written in', async () => {
    const { db } = database;
    expect(await crossing((tx, id) => tx.patient.update({ where: { id }, data: { phone: '1' } }))).toBe(3);
    expect(await crossing((tx, id) => tx.$queryRaw`SELECT 1 FROM "Patient" WHERE "id" = ${id}::uuid FOR UPDATE`)).toBe(
      3,
    );
    const text = 'SELECT 1 FROM "Patient" WHERE "id" = $1 FOR UPDATE';
    expect(await crossing((tx, id) => queryBelow(tx, { text, values: [id] }))).toBe(3);
    expect(await db.patient.count()).toBeGreaterThan(0);
  });

  test('has one connection, above and below Prisma: what is written in either goes or stays with it', async () => {
    const { db } = database;
    const text = 'UPDATE "Patient" SET "phone" = $1 WHERE "id" = $2';
    const { id } = region.patient;
    const write = (tx: Tx, phone: string) => queryBelow(tx, { text, values: [phone, id] });
    const phoneIn = async (tx: Tx) => (await tx.patient.findUniqueOrThrow({ where: { id } })).phone;
    const before = await phoneIn(db);
    const undone = db.transaction(async (tx) => {
      await write(tx, 'undone');
      expect(await phoneIn(tx)).toBe('undone');
      // Another connection that is taken meanwhile is not this transaction's.
      expect(await phoneIn(db)).toBe(before);
      await write(tx, 'undone again');
      throw new Error('its own');
    });
    await expect(undone).rejects.toThrow('its own');
    expect(await phoneIn(db)).toBe(before);
    await Promise.all(['1', '2', '3'].map((phone) => db.transaction((tx) => write(tx, phone))));
    expect(['1', '2', '3']).toContain(await phoneIn(db));
    await expect(write(db, 'outside')).rejects.toThrow('not inside a transaction');
  });

  test('that is over takes nothing more, though its connection is there for others', async () => {
    const { db } = database;
    const text = 'UPDATE "Patient" SET "phone" = \'late\' WHERE "id" = $1';
    const { id } = region.patient;
    const ended = [
      await db.transaction(async (tx) => tx),
      await new Promise<Tx>((resolve) => {
        db.transaction(async (tx) => {
          resolve(tx);
          throw new Error('its own');
        }).catch(() => undefined);
      }),
    ];
    await expect(db.transaction(async () => Promise.reject(new Error('after both')))).rejects.toThrow();
    for (const tx of ended) await expect(queryBelow(tx, { text, values: [id] })).rejects.toThrow();
    expect((await db.patient.findUniqueOrThrow({ where: { id } })).phone).not.toBe('late');
  });

  test('that fails of itself is not', async () => {
    let attempts = 0;
    const work = database.db.transaction(async () => {
      attempts += 1;
      throw new Error('its own');
    });
    await expect(work).rejects.toThrow('its own');
    expect(attempts).toBe(1);
  });

  test('says what was there already and what is missing, in raw words as well', async () => {
    const { db } = database;
    const { code } = region.county;
    const data = { code, name: 'x', level: 'county' };
    const raw = db.$executeRaw`INSERT INTO "Facility" ("id", "code", "name", "level") VALUES (gen_random_uuid(), ${code}, 'x', 'county')`;
    for (const twice of [db.facility.create({ data }), raw]) {
      const cause = await failureOf(twice);
      expect([isUniqueViolation(cause), isForeignKeyViolation(cause)]).toEqual([true, false]);
    }
    const facilityId = '01900000-0000-7000-8000-000000000000';
    const lost = await failureOf(db.centre.create({ data: { facilityId, line: 'ecg', name: 'x' } }));
    expect([isUniqueViolation(lost), isForeignKeyViolation(lost)]).toEqual([false, true]);
    for (const other of [new Error('P2002'), undefined, null, 'P2002', { code: 7 }])
      expect([isUniqueViolation(other), isForeignKeyViolation(other)]).toEqual([false, false]);
  });
});

describe('the outbox', () => {
  const deliveryId = '01900000-0000-7000-8000-00000000000d';
  const key = `delivery-${deliveryId}`;
  const promise = (tx: Tx, runAt?: Date) => enqueue(tx, sendDocument, { deliveryId }, runAt);
  const rows = () => database.db.outbox.findMany({ where: { key } });
  beforeEach(() => database.db.outbox.deleteMany());

  test('has what was committed, once under its key', async () => {
    const undone = database.db.transaction(async (tx) => {
      await promise(tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow();
    expect(await rows()).toEqual([]);
    await Promise.all([1, 2, 3, 4].map(() => database.db.transaction((tx) => promise(tx))));
    await database.db.transaction((tx) => enqueue(tx, findDuplicates, { patientId: deliveryId }));
    expect(await rows()).toMatchObject([{ kind: 'job', name: 'delivery.sendDocument', payload: { deliveryId } }]);
  });

  test('keeps a waiting job from the relay until whoever promised it again has committed', async () => {
    await database.db.transaction((tx) => promise(tx));
    const free = () =>
      database.db.$queryRaw<object[]>`SELECT 1 AS one FROM "Outbox" WHERE "key" = ${key} FOR UPDATE SKIP LOCKED`;
    expect(await free()).toHaveLength(1);
    await database.db.transaction(async (tx) => {
      await promise(tx);
      expect(await free()).toHaveLength(0);
    });
    expect(await free()).toHaveLength(1);
  });

  test('wakes who listens, when the promise is kept', async () => {
    const client = await database.db.pool.connect();
    const heard: string[] = [];
    client.on('notification', ({ channel }) => heard.push(channel));
    await client.query('LISTEN outbox');
    await failureOf(
      database.db.transaction(async (tx) => {
        await promise(tx);
        throw new Error('undone');
      }),
    );
    await database.db.transaction((tx) => promise(tx));
    await expect.poll(() => heard).toEqual(['outbox']);
    client.release(true);
  });
});

test('a scope lets through what belongs to its facilities, and the empty one nothing', async () => {
  const { db } = database;
  await readyCase(deskDeps(database), region);
  const { id: patientId } = region.patient;
  const counts = async (...facilityIds: string[]) => {
    const scope = scopeOfFacilities(facilityIds);
    return [
      await db.patient.count({ where: { id: patientId, ...patientInScope(scope) } }),
      await db.order.count({ where: { patientId, ...orderInScope(scope) } }),
      await db.study.count({ where: { patientId, ...studyInScope(scope) } }),
    ];
  };
  expect(await counts(region.township.id)).toEqual([1, 1, 1]);
  expect((await counts(region.county.id)).slice(1)).toEqual([1, 1]);
  expect(await counts(region.stranger.id)).toEqual([0, 0, 0]);
  expect(await counts()).toEqual([0, 0, 0]);
  const where = { patientId, facilityId: region.township.id };
  await db.patientFacility.updateMany({ where, data: { until: new Date(Date.now() + 60_000) } });
  expect((await counts(region.township.id))[0]).toBe(1);
  await db.patientFacility.updateMany({ where, data: { until: new Date(Date.now() - 60_000) } });
  expect((await counts(region.township.id))[0]).toBe(0);
});
