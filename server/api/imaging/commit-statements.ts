import { indexStudy } from '@lianzhen/contracts/jobs.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { v7 as uuid } from 'uuid';
import type { Arrival } from './arrival.ts';

/**
 * The statements of the hot path, below Prisma: one round trip each, prepared once per connection, many rows at a time.
 */
export type Connection = Pick<Db['pool'], 'query'>;

const columns = [
  ['id', 'uuid'],
  ['sopInstanceUid', 'text'],
  ['studyInstanceUid', 'text'],
  ['seriesInstanceUid', 'text'],
  ['sopClassUid', 'text'],
  ['transferSyntaxUid', 'text'],
  ['facilityId', 'uuid'],
  ['deviceId', 'uuid'],
  ['door', 'text'],
  ['sha256', 'text'],
  ['size', 'int'],
  ['blob', 'text'],
  ['receivedAt', 'timestamptz'],
] as const satisfies ReadonlyArray<readonly [keyof Arrival, string]>;

const insertOf = (rows: string) => `
  INSERT INTO "Instance" (${columns.map(([name]) => `"${name}"`).join(', ')}) ${rows}
  ON CONFLICT ("sopInstanceUid") DO NOTHING RETURNING "id"`;
const parameters = (suffix: string) => columns.map(([, type], index) => `$${index + 1}::${type}${suffix}`).join(', ');
/** A sender that waits for each answer has one at a time; without lists it takes a fifth less on both sides. */
const insertOne = { name: 'insert-instance', text: insertOf(`VALUES (${parameters('')})`) };
const insertMany = { name: 'insert-instances', text: insertOf(`SELECT * FROM unnest(${parameters('[]')})`) };

/** @returns the ids that are new; the others' SOP Instance UIDs were there already */
export async function insertInstances(connection: Connection, arrivals: readonly Arrival[]): Promise<Set<string>> {
  const [first] = arrivals;
  if (!first) return new Set();
  const statement =
    arrivals.length === 1
      ? { ...insertOne, values: columns.map(([name]) => first[name]) }
      : { ...insertMany, values: columns.map(([name]) => arrivals.map((arrival) => arrival[name])) };
  const { rows } = await connection.query<{ id: string }>(statement);
  return new Set(rows.map(({ id }) => id));
}

/**
 * A study belongs to the facility that sent its first instance. Of two that send at the same moment, the first to
 * commit is the owner, and both learn so here.
 * @returns the owners by Study Instance UID
 */
export async function claimStudies(
  connection: Connection,
  arrivals: readonly Arrival[],
): Promise<ReadonlyMap<string, string>> {
  const studies = [...new Map(arrivals.map((arrival) => [arrival.studyInstanceUid, arrival])).values()];
  const uids = studies.map(({ studyInstanceUid }) => studyInstanceUid);
  await connection.query({
    name: 'claim-studies',
    text: `
      INSERT INTO "Study" ("id", "studyInstanceUid", "facilityId", "deviceId", "modalities", "receivedAt", "lastInstanceAt")
      SELECT "id", "uid", "facility", "device", '{}'::text[], now(), now()
      FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) AS t("id", "uid", "facility", "device")
      ORDER BY "uid" ON CONFLICT ("studyInstanceUid") DO NOTHING`,
    values: [
      studies.map(() => uuid()),
      uids,
      studies.map(({ facilityId }) => facilityId),
      studies.map(({ deviceId }) => deviceId),
    ],
  });
  const { rows } = await connection.query<{ studyInstanceUid: string; facilityId: string }>({
    name: 'study-owners',
    text: `SELECT "studyInstanceUid", "facilityId" FROM "Study" WHERE "studyInstanceUid" = ANY($1::text[])`,
    values: [uids],
  });
  return new Map(rows.map(({ studyInstanceUid, facilityId }) => [studyInstanceUid, facilityId]));
}

/**
 * Promises one indexing job for each study, not before so many milliseconds from now, so that one job serves what arrives
 * in that time. The same as `enqueue`, for many at once and below Prisma.
 * @returns by study, how many milliseconds are left until its job may start
 */
export async function promiseIndexing(
  connection: Connection,
  studyInstanceUids: Iterable<string>,
  delayMsOf: (studyInstanceUid: string) => number,
): Promise<ReadonlyMap<string, number>> {
  const payloads = [...studyInstanceUids].sort().map((studyInstanceUid) => ({ studyInstanceUid }));
  const { rows } = await connection.query<{ uid: string; leftMs: number }>({
    name: 'promise-indexing',
    text: `
      INSERT INTO "Outbox" ("kind", "name", "key", "payload", "runAt")
      SELECT 'job', $1, "key", "payload"::json, clock_timestamp() + "delay" * interval '1 ms'
      FROM unnest($2::text[], $3::text[], $4::float8[]) AS t("key", "payload", "delay")
      ON CONFLICT ("key") DO UPDATE SET "payload" = EXCLUDED."payload"
      RETURNING "payload"->>'studyInstanceUid' AS "uid",
        coalesce(extract(epoch FROM "runAt" - clock_timestamp()) * 1000, 0)::float8 AS "leftMs"`,
    values: [
      indexStudy.name,
      payloads.map(indexStudy.key),
      payloads.map((payload) => JSON.stringify(payload)),
      payloads.map(({ studyInstanceUid }) => delayMsOf(studyInstanceUid)),
    ],
  });
  return new Map(rows.map(({ uid, leftMs }) => [uid, leftMs]));
}
