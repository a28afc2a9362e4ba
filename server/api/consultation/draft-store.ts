import type { Prisma, Tx } from '@lianzhen/db/client.ts';

/** Drafts are a person's own: every question names the account. */
export const list = (tx: Tx, accountId: string) =>
  tx.consultationDraft.findMany({ where: { accountId }, orderBy: { updatedAt: 'desc' }, take: 100 });
export const count = (tx: Tx, accountId: string) => tx.consultationDraft.count({ where: { accountId } });
export const read = (tx: Tx, accountId: string, id: string) =>
  tx.consultationDraft.findFirstOrThrow({ where: { id, accountId } });
export const create = (tx: Tx, accountId: string, facilityId: string, content: Prisma.InputJsonObject) =>
  tx.consultationDraft.create({ data: { accountId, facilityId, content } });
/** Writes only over the revision that was read. */
export const replace = async (
  tx: Tx,
  own: { id: string; accountId: string; revision: number },
  content: Prisma.InputJsonObject,
): Promise<boolean> =>
  (await tx.consultationDraft.updateMany({ where: own, data: { content, revision: { increment: 1 } } })).count === 1;
export const remove = async (tx: Tx, accountId: string, id: string): Promise<boolean> =>
  (await tx.consultationDraft.deleteMany({ where: { id, accountId } })).count === 1;

/** One's own draft, locked: a second sending waits here until the first is done. */
export const lock = async (tx: Tx, accountId: string, id: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "ConsultationDraft" WHERE "id" = ${id}::uuid AND "accountId" = ${accountId}::uuid FOR UPDATE`;
  return rows.length > 0;
};
export const sentBefore = (tx: Tx, accountId: string, id: string) =>
  tx.consultation.findFirst({ where: { id, requesterId: accountId }, select: { id: true } });
