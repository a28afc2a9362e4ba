import type { Prisma, Tx } from '@lianzhen/db/client.ts';

/** Drafts are a person's own: every question names the account. */
export const list = (tx: Tx, accountId: string) =>
  tx.orderDraft.findMany({ where: { accountId }, orderBy: { updatedAt: 'desc' }, take: 100 });
export const count = (tx: Tx, accountId: string) => tx.orderDraft.count({ where: { accountId } });
export const read = (tx: Tx, accountId: string, id: string) =>
  tx.orderDraft.findFirstOrThrow({ where: { id, accountId } });
export const create = (tx: Tx, accountId: string, facilityId: string, content: Prisma.InputJsonObject) =>
  tx.orderDraft.create({ data: { accountId, facilityId, content } });
/** Writes only over the revision that was read. */
export const replace = async (
  tx: Tx,
  own: { id: string; accountId: string; revision: number },
  content: Prisma.InputJsonObject,
): Promise<boolean> => {
  const written = await tx.orderDraft.updateMany({ where: own, data: { content, revision: { increment: 1 } } });
  return written.count === 1;
};
export const remove = async (tx: Tx, accountId: string, id: string): Promise<boolean> =>
  (await tx.orderDraft.deleteMany({ where: { id, accountId } })).count === 1;
