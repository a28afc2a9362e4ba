import { Difference, heldBackBy } from '@lianzhen/contracts/imaging.ts';
import { type Db, queryBelow, type Tx } from '@lianzhen/db/client.ts';
import { v7 as uuid } from 'uuid';
import type { IndexFailure, IndexRow, Unindexed } from './index-row.ts';
import type { SeriesHeader, StudyHeader } from './study-header.ts';

/** Below Prisma, as all that is asked for every instance. */
export async function unindexed({ pool }: Db, studyInstanceUid: string, limit: number): Promise<Unindexed[]> {
  const { rows } = await pool.query<Unindexed>({
    name: 'unindexed-instances',
    text: `
      SELECT "id", "sopInstanceUid", "studyInstanceUid", "seriesInstanceUid", "sopClassUid", "facilityId", "deviceId",
        "door", "sha256", "size", "blob", "receivedAt"
      FROM "Instance" WHERE "studyInstanceUid" = $1 AND "indexedAt" IS NULL AND "indexError" IS NULL
      ORDER BY "receivedAt" LIMIT $2`,
    values: [studyInstanceUid, limit],
  });
  return rows;
}

/** Overrides by device. In a transaction the devices cannot change before it ends. */
export async function overridesOf(tx: Tx, deviceIds: string[]): Promise<Map<string, string | null>> {
  if (deviceIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<Array<{ id: string; charsetOverride: string | null }>>`
    SELECT "id", "charsetOverride" FROM "Device" WHERE "id" = ANY(${deviceIds}::uuid[]) FOR SHARE`;
  return new Map(rows.map(({ id, charsetOverride }) => [id, charsetOverride]));
}

export interface LockedStudy extends Omit<StudyHeader, 'bodyPart'> {
  id: string;
  facilityId: string;
  state: string;
  orderExamId: string | null;
  revision: number;
  instanceCount: number;
  settleAfter: Date | null;
  settledAt: Date | null;
}

/** Whoever changes a study holds this first. */
export async function lockStudy(tx: Tx, studyInstanceUid: string): Promise<LockedStudy | undefined> {
  const rows = await tx.$queryRaw<LockedStudy[]>`
    SELECT * FROM "Study" WHERE "studyInstanceUid" = ${studyInstanceUid} FOR UPDATE`;
  return rows[0];
}

/**
 * Makes the series that are missing.
 * @returns ids by Series Instance UID; one that belongs to another study is left out
 */
export async function placeSeries(tx: Tx, studyId: string, series: SeriesHeader[]): Promise<Map<string, string>> {
  const known = await seriesOf(tx, studyId, series);
  const missing = series.filter(({ seriesInstanceUid }) => !known.has(seriesInstanceUid));
  if (missing.length === 0) return known;
  await tx.series.createMany({
    data: missing.map((one) => ({ ...one, id: uuid(), studyId })),
    skipDuplicates: true,
  });
  return seriesOf(tx, studyId, series);
}

async function seriesOf(tx: Tx, studyId: string, series: SeriesHeader[]): Promise<Map<string, string>> {
  const rows = await tx.series.findMany({
    where: { studyId, seriesInstanceUid: { in: series.map(({ seriesInstanceUid }) => seriesInstanceUid) } },
    select: { id: true, seriesInstanceUid: true },
  });
  return new Map(rows.map(({ id, seriesInstanceUid }) => [seriesInstanceUid, id]));
}

/** @returns how many became indexed now; another worker may have been first with some */
export async function writeIndexed(
  tx: Tx,
  rows: IndexRow[],
  seriesIds: ReadonlyMap<string, string>,
  late: boolean,
): Promise<number> {
  const { rowCount } = await queryBelow(tx, {
    name: 'write-indexed',
    // JSON text has no line ends of its own; an array of it would be escaped, and lists of lists cost more than both.
    text: `
      UPDATE "Instance" i SET "indexedAt" = now(), "seriesId" = t."seriesId", "number" = t."number", "rows" = t."rows",
        "columns" = t."columns", "frameCount" = t."frameCount", "rendition" = t."rendition",
        "frames" = t."frames"::json, "attributes" = t."attributes"::json, "late" = $1
      FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::int[], $7::int[], $8::text[],
        string_to_array($9, E'\\n'), string_to_array($10, E'\\n')) AS t("id", "seriesId", "number", "rows", "columns",
        "frameCount", "rendition", "frames", "attributes")
      WHERE i."id" = t."id" AND i."indexedAt" IS NULL`,
    values: [
      late,
      rows.map(({ instance }) => instance.id),
      rows.map(({ series }) => seriesIds.get(series.seriesInstanceUid)),
      rows.map(({ number }) => number),
      rows.map((row) => row.rows),
      rows.map(({ columns }) => columns),
      rows.map(({ frameCount }) => frameCount),
      rows.map(({ rendition }) => rendition),
      rows.map(({ bytes }) => JSON.stringify(bytes)).join('\n'),
      rows.map(({ attributes }) => attributes).join('\n'),
    ],
  });
  return rowCount ?? 0;
}

/** As many as help whoever looks into it. */
const mostReasons = 12;

/**
 * The failure stays on the instance. What of a study cannot be read is one question, however many images it is, with each
 * reason once.
 * @returns the question's id, where something is new to it
 */
export async function writeFailures(tx: Tx, study: LockedStudy, failures: IndexFailure[]): Promise<string[]> {
  if (failures.length === 0) return [];
  // Before the instances: who answers it takes them in this order.
  const open = await openUnreadable(tx, study.id);
  const fresh: IndexFailure[] = [];
  for (const failure of failures) {
    const { count } = await tx.instance.updateMany({
      where: { id: failure.instance.id, indexedAt: null, indexError: null },
      data: { indexError: failure.reason },
    });
    if (count > 0) fresh.push(failure);
  }
  if (fresh.length === 0) return [];
  const known = Difference.array()
    .parse(open?.differences ?? [])
    .map(({ header }) => header);
  const reasons = [...new Set([...known, ...fresh.map(({ reason }) => reason)])].slice(0, mostReasons);
  const differences = reasons.map((header) => ({ field: 'DICOM', header, order: '' }));
  if (open) await tx.quarantineItem.update({ where: { id: open.id }, data: { differences } });
  let questionId = open?.id;
  for (const { instance } of fresh) {
    const id = await putUnreadable(tx, study.id, instance, { questionId, differences });
    questionId ??= id;
  }
  return questionId ? [questionId] : [];
}

/** Locked, so that nobody answers it while it grows. */
async function openUnreadable(tx: Tx, studyId: string) {
  const rows = await tx.$queryRaw<Array<{ id: string; differences: unknown }>>`
    SELECT "id", "differences" FROM "QuarantineItem"
    WHERE "studyId" = ${studyId}::uuid AND "kind" = 'unreadable' AND "state" = 'open' AND "questionId" IS NULL
    ORDER BY "createdAt", "id" LIMIT 1 FOR UPDATE`;
  return rows[0];
}

/** A file that was tried again on a person's word, and failed again, is that person's again. @returns its item */
async function putUnreadable(
  tx: Tx,
  studyId: string,
  { facilityId, studyInstanceUid, sopInstanceUid, sha256, size }: Unindexed,
  { questionId, differences }: { questionId: string | undefined; differences: Difference[] },
): Promise<string | undefined> {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    INSERT INTO "QuarantineItem" ("id", "kind", "questionId", "facilityId", "studyInstanceUid", "sopInstanceUid", "studyId", "sha256", "size", "differences")
    VALUES (${uuid()}::uuid, 'unreadable', ${questionId ?? null}::uuid, ${facilityId}::uuid, ${studyInstanceUid}, ${sopInstanceUid},
      ${studyId}::uuid, ${sha256}, ${size}, ${JSON.stringify(differences)}::jsonb)
    ON CONFLICT ("sopInstanceUid", "sha256") DO UPDATE SET "state" = 'open', "differences" = EXCLUDED."differences",
        "questionId" = NULLIF(EXCLUDED."questionId", "QuarantineItem"."id")
      WHERE "QuarantineItem"."kind" = EXCLUDED."kind"
    RETURNING "id"`;
  return rows[0]?.id;
}

/** Identities in a study that are not its first one's, with what a person said about each. */
export const strangerItems = (tx: Tx, studyId: string) =>
  tx.quarantineItem.findMany({
    where: { studyId, kind: 'demographics', orderExamId: null },
    select: { id: true, state: true, differences: true },
  });

export async function addStrangerItem(tx: Tx, study: LockedStudy, studyInstanceUid: string, differences: Difference[]) {
  const { facilityId, id: studyId } = study;
  const { id } = await tx.quarantineItem.create({
    data: { id: uuid(), kind: 'demographics', facilityId, studyInstanceUid, studyId, differences },
  });
  return id;
}

/** They are received and safe, and in no series: nobody sees them before a person has decided. */
export const holdBack = (tx: Tx, instanceIds: string[], itemId: string) =>
  tx.instance.updateMany({
    where: { id: { in: instanceIds }, indexedAt: null },
    data: { indexError: heldBackBy(itemId) },
  });

interface StudyProgress {
  /** The series that images were put into. */
  seriesInstanceUids: string[];
  header: (StudyHeader & { charset: string }) | undefined;
  lastInstanceAt: Date;
  settleAfter: Date | null;
  late: number;
}

/**
 * Counts what is there now, so that a repeated or interrupted job cannot count wrongly; the study's other series are as
 * they were.
 * @returns the new revision
 */
export async function writeProgress(tx: Tx, studyId: string, progress: StudyProgress): Promise<number> {
  await tx.$executeRaw`
    UPDATE "Series" s SET "instanceCount" = (SELECT count(*) FROM "Instance" i WHERE i."seriesId" = s."id")
    WHERE s."studyId" = ${studyId}::uuid AND s."seriesInstanceUid" = ANY(${progress.seriesInstanceUids})`;
  const { header, lastInstanceAt, settleAfter, late } = progress;
  if (header) {
    const { headerName, ...texts } = header;
    await tx.study.update({
      where: { id: studyId },
      data: { ...texts, ...(headerName ? { headerName: { ...headerName } } : {}) },
      select: { id: true },
    });
  }
  const rows = await tx.$queryRaw<Array<{ revision: number }>>`
    UPDATE "Study" SET "modalities" = s."modalities", "seriesCount" = s."series", "instanceCount" = s."instances",
      "lastInstanceAt" = ${lastInstanceAt}, "settleAfter" = ${settleAfter},
      "lateInstances" = "lateInstances" + ${late}, "revision" = "revision" + 1
    FROM (
      SELECT coalesce(array_agg(DISTINCT "modality" COLLATE "C" ORDER BY "modality" COLLATE "C"), '{}') AS "modalities",
        count(*)::int AS "series", coalesce(sum("instanceCount"), 0)::int AS "instances"
      FROM "Series" WHERE "studyId" = ${studyId}::uuid AND "instanceCount" > 0
    ) s
    WHERE "Study"."id" = ${studyId}::uuid RETURNING "revision"`;
  const [row] = rows;
  if (!row) throw new Error('instances without their study');
  return row.revision;
}

/** The facilities that may hear of a study: where it came from, and the parties of its order. */
export async function hearersOf(tx: Tx, study: { facilityId: string; orderExamId: string | null }): Promise<string[]> {
  if (!study.orderExamId) return [study.facilityId];
  const parties = await tx.orderParty.findMany({
    where: { order: { exams: { some: { id: study.orderExamId } } } },
    select: { facilityId: true },
  });
  return [...new Set([study.facilityId, ...parties.map(({ facilityId }) => facilityId)])];
}
