import type { Db, Tx } from '@lianzhen/db/client.ts';
import { anyOverride, labelOfOverride } from './charset-override.ts';
import type { IndexRow, Unindexed } from './index-row.ts';
import type { SeriesHeader } from './study-header.ts';

/** A study of the device that was read otherwise than with this override. */
export async function nextStudy(db: Tx, deviceId: string, override: string | null) {
  const charset = override === null ? { endsWith: anyOverride.slice(1) } : { not: labelOfOverride(override) };
  return db.study.findFirst({
    where: { deviceId, instanceCount: { gt: 0 }, charset },
    orderBy: { receivedAt: 'desc' },
    select: { studyInstanceUid: true },
  });
}

export const indexedInstances = (
  db: Tx,
  studyInstanceUid: string,
  deviceId: string,
  after: string,
  limit: number,
): Promise<Unindexed[]> =>
  db.instance.findMany({
    where: { studyInstanceUid, deviceId, indexedAt: { not: null }, ...(after === '' ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    omit: { attributes: true, frames: true },
  });

/** The attributes alone: where frames lie does not depend on a character set. */
export async function rewriteTexts(db: Db, rows: IndexRow[]): Promise<void> {
  if (rows.length === 0) return;
  const fields = rows.map(({ instance, attributes }) => `{"id":"${instance.id}","attributes":${attributes}}`);
  await db.$executeRaw`
    UPDATE "Instance" i SET "attributes" = t."attributes"
    FROM json_to_recordset(${`[${fields.join(',')}]`}::json) AS t("id" uuid, "attributes" json) WHERE i."id" = t."id"`;
}

interface RewrittenStudy {
  /** Whose texts stand for the study's; without one only the label changes. */
  row: IndexRow | undefined;
  series: SeriesHeader[];
  label: string;
}

export async function rewriteStudy(tx: Tx, id: string, { row, series, label }: RewrittenStudy): Promise<number> {
  for (const { seriesInstanceUid, description, bodyPart } of series) {
    await tx.series.updateMany({ where: { studyId: id, seriesInstanceUid }, data: { description, bodyPart } });
  }
  const { headerName, ...texts } = row?.study ?? { headerName: undefined };
  const { revision } = await tx.study.update({
    where: { id },
    data: {
      ...texts,
      ...(headerName ? { headerName: { ...headerName } } : {}),
      charset: row?.charset ?? label,
      revision: { increment: 1 },
    },
    select: { revision: true },
  });
  return revision;
}
