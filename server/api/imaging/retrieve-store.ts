import { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { type ReadingScope, studyReadable } from '@lianzhen/db/scope.ts';

export interface RetrievedStudy {
  id: string;
  studyInstanceUid: string;
  facilityId: string;
  patientId: string | null;
  revision: number;
}

/** A study with at least one indexed instance, or null where there is none in this scope. */
export const studyInScopeByUid = (
  db: Db,
  scope: ReadingScope,
  studyInstanceUid: string,
): Promise<RetrievedStudy | null> =>
  db.study.findFirst({
    where: { studyInstanceUid, instanceCount: { gt: 0 }, ...studyReadable(scope) },
    select: { id: true, studyInstanceUid: true, facilityId: true, patientId: true, revision: true },
  });

export interface RetrievedInstance {
  id: string;
  sopInstanceUid: string;
  seriesInstanceUid: string;
  transferSyntaxUid: string;
  sha256: string;
  size: number;
  blob: string;
  rendition: string | null;
}

/** The indexed instances of a study, of one series or one alone, in reading order. The study was found in scope before. */
export async function instancesOf(
  db: Pick<Db, 'pool'>,
  study: RetrievedStudy,
  seriesInstanceUid?: string,
  sopInstanceUid?: string,
): Promise<RetrievedInstance[]> {
  const { rows } = await db.pool.query<RetrievedInstance>({
    name: 'instances-of',
    text: `
      SELECT i."id", i."sopInstanceUid", se."seriesInstanceUid", i."transferSyntaxUid", i."sha256", i."size", i."blob", i."rendition"
      FROM "Series" se JOIN "Instance" i ON i."seriesId" = se."id"
      WHERE se."studyId" = $1 AND ($2::text IS NULL OR se."seriesInstanceUid" = $2) AND ($3::text IS NULL OR i."sopInstanceUid" = $3)
      ORDER BY se."number" NULLS LAST, se."id", i."number" NULLS LAST, i."id"`,
    values: [study.id, seriesInstanceUid ?? null, sopInstanceUid ?? null],
  });
  return rows;
}

/** Their attributes as the stored JSON text, in the order asked for. */
export async function attributeTexts(db: Pick<Db, 'pool'>, ids: string[]): Promise<string[]> {
  const { rows } = await db.pool.query<{ text: string }>({
    name: 'attribute-texts',
    text: `SELECT i."attributes"::text AS "text" FROM unnest($1::uuid[]) WITH ORDINALITY AS t("id", "place")
      JOIN "Instance" i ON i."id" = t."id" ORDER BY t."place"`,
    values: [ids],
  });
  return rows.map(({ text }) => text);
}

export async function bytesOf(db: Pick<Db, 'pool'>, instanceId: string): Promise<InstanceBytes> {
  const { rows } = await db.pool.query<{ frames: unknown }>({
    name: 'bytes-of',
    text: `SELECT "frames" FROM "Instance" WHERE "id" = $1`,
    values: [instanceId],
  });
  return InstanceBytes.parse(rows[0]?.frames ?? { frames: [], isVideo: false, bulk: {} });
}
