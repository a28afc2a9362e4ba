import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { Party } from './order-parties.ts';

export const insert = (tx: Tx, data: Prisma.OrderUncheckedCreateInput) =>
  tx.order.create({ data, select: { id: true, revision: true, case: { select: { id: true } } } });

/** A party cares for the patient from now on; a relation that had ended begins again. */
export async function relate(tx: Tx, patientId: string, parties: readonly Party[]): Promise<void> {
  for (const { facilityId, part } of parties) {
    const reason = part === 'village' ? 'result' : 'order';
    await tx.$executeRaw`
      INSERT INTO "PatientFacility" ("patientId", "facilityId", "reason")
      VALUES (${patientId}::uuid, ${facilityId}::uuid, ${reason})
      ON CONFLICT ("patientId", "facilityId") DO UPDATE SET "until" = NULL WHERE "PatientFacility"."until" IS NOT NULL`;
  }
}

/** One's own draft, locked: a second sending waits here until the first is done. */
export const lockDraft = async (tx: Tx, accountId: string, id: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "OrderDraft" WHERE "id" = ${id}::uuid AND "accountId" = ${accountId}::uuid FOR UPDATE`;
  return rows.length > 0;
};
export const dropDraft = (tx: Tx, id: string) => tx.orderDraft.delete({ where: { id } });
export const sentBefore = (tx: Tx, accountId: string, id: string) =>
  tx.order.findFirst({ where: { id, requesterId: accountId }, select: { id: true } });

/** The next number of a series, from 1. The row stays locked until the caller commits: no number is given twice. */
export async function nextOf(tx: Tx, series: string): Promise<number> {
  const rows = await tx.$queryRaw<Array<{ taken: number }>>`
    INSERT INTO "NumberSeries" ("name", "next") VALUES (${series}, 2)
    ON CONFLICT ("name") DO UPDATE SET "next" = "NumberSeries"."next" + 1 RETURNING "next" - 1 AS "taken"`;
  return rows[0]?.taken ?? 1;
}
