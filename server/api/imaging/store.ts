import type { QuarantineKind } from '@lianzhen/contracts/imaging.ts';
import type { Db, Tx } from '@lianzhen/db/client.ts';
import { takeTurn } from '@lianzhen/db/take-turn.ts';
import { v7 as uuid } from 'uuid';

export interface FirstOfUid {
  facilityId: string;
  sha256: string;
  blob: string;
}

/** What is stored under these SOP Instance UIDs. */
export async function firstOfUids(db: Pick<Db, 'pool'>, uids: string[]): Promise<Map<string, FirstOfUid>> {
  const { rows } = await db.pool.query<FirstOfUid & { sopInstanceUid: string }>({
    name: 'first-of-uids',
    text: `SELECT "sopInstanceUid", "facilityId", "sha256", "blob" FROM "Instance" WHERE "sopInstanceUid" = ANY($1::text[])`,
    values: [uids],
  });
  return new Map(rows.map((row) => [row.sopInstanceUid, row]));
}

/** The same bytes at another place. */
export const replaceBlob = async (
  db: Pick<Db, 'pool'>,
  { sopInstanceUid, sha256, blob }: { sopInstanceUid: string; sha256: string; blob: string },
): Promise<void> => {
  await db.pool.query({
    name: 'replace-blob',
    text: `UPDATE "Instance" SET "blob" = $3 WHERE "sopInstanceUid" = $1 AND "sha256" = $2`,
    values: [sopInstanceUid, sha256, blob],
  });
};

/** Whoever asks: for the receiving edge, which has to know whose a study is. */
export const studyByUid = (tx: Tx, studyInstanceUid: string) =>
  tx.study.findUnique({ where: { studyInstanceUid }, select: { id: true, facilityId: true } });

/**
 * The question that waits for a person about this study already. Until the transaction ends nobody else begins one, and
 * nobody decides the one that is there.
 */
export async function openQuestion(
  tx: Tx,
  kind: QuarantineKind,
  { facilityId, studyInstanceUid }: { facilityId: string; studyInstanceUid: string },
): Promise<string | undefined> {
  await takeTurn(tx, `quarantine ${kind} ${facilityId} ${studyInstanceUid}`);
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT "id" FROM "QuarantineItem" WHERE "kind" = ${kind} AND "facilityId" = ${facilityId}::uuid
      AND "studyInstanceUid" = ${studyInstanceUid} AND "state" = 'open' AND "questionId" IS NULL FOR UPDATE`;
  return rows[0]?.id;
}

interface NewQuarantine {
  kind: QuarantineKind;
  /** The item that asks for this one too. */
  questionId: string | undefined;
  facilityId: string;
  studyInstanceUid: string;
  sopInstanceUid: string;
  studyId: string | null;
  blob: string;
  sha256: string;
  size: number;
}

/** @returns the new item's id, or undefined where the same bytes lie in quarantine already */
export async function insertQuarantine(tx: Tx, item: NewQuarantine): Promise<string | undefined> {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    INSERT INTO "QuarantineItem" ("id", "kind", "questionId", "facilityId", "studyInstanceUid", "sopInstanceUid", "studyId", "blob", "sha256", "size")
    VALUES (${uuid()}::uuid, ${item.kind}, ${item.questionId ?? null}::uuid, ${item.facilityId}::uuid, ${item.studyInstanceUid},
      ${item.sopInstanceUid}, ${item.studyId}::uuid, ${item.blob}, ${item.sha256}, ${item.size})
    ON CONFLICT ("sopInstanceUid", "sha256") DO NOTHING RETURNING "id"`;
  return rows[0]?.id;
}

export interface StoredInstance {
  sopClassUid: string;
  sha256: string;
  blob: string;
}

/** What a facility has sent, by SOP Instance UID. */
export async function storedInstances(
  db: Pick<Db, 'pool'>,
  facilityId: string,
  uids: string[],
): Promise<Map<string, StoredInstance>> {
  const { rows } = await db.pool.query<StoredInstance & { sopInstanceUid: string }>({
    name: 'stored-instances',
    text: `SELECT "sopInstanceUid", "sopClassUid", "sha256", "blob" FROM "Instance"
      WHERE "sopInstanceUid" = ANY($1::text[]) AND "facilityId" = $2`,
    values: [uids, facilityId],
  });
  return new Map(rows.map((row) => [row.sopInstanceUid, row]));
}
