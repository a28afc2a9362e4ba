import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

/** The centres that this person reads for. */
export const centreIds = async (tx: Tx, { facilityIds, accountId = '' }: FacilityScope): Promise<string[]> => {
  const where = { facilityId: { in: facilityIds }, members: { some: { accountId } } };
  return (await tx.centre.findMany({ where, select: { id: true } })).map(({ id }) => id);
};
/** Everybody's, one's own centres' and one's own. */
const offered = (accountId: string, centres: string[]): Prisma.ReportTemplateWhereInput => ({
  OR: [{ accountId }, { accountId: null, centreId: null }, { accountId: null, centreId: { in: centres } }],
});

export const list = (tx: Tx, accountId: string, centres: string[], filter: Prisma.ReportTemplateWhereInput) =>
  tx.reportTemplate.findMany({
    where: { AND: [offered(accountId, centres), filter] },
    orderBy: [{ kind: 'desc' }, { name: 'asc' }, { id: 'asc' }],
    take: 500,
  });
export const read = (tx: Tx, accountId: string, centres: string[], id: string) =>
  tx.reportTemplate.findFirstOrThrow({ where: { AND: [{ id }, offered(accountId, centres)] } });
export const countOwn = (tx: Tx, accountId: string) => tx.reportTemplate.count({ where: { accountId } });
export const create = (tx: Tx, data: Prisma.ReportTemplateUncheckedCreateInput) => tx.reportTemplate.create({ data });
/** Writes only over the revision that was read. */
export const replace = async (
  tx: Tx,
  id: string,
  revision: number,
  data: Prisma.ReportTemplateUncheckedUpdateInput,
): Promise<boolean> => {
  const { count } = await tx.reportTemplate.updateMany({
    where: { id, revision },
    data: { ...data, revision: { increment: 1 } },
  });
  return count === 1;
};
export const remove = (tx: Tx, id: string) => tx.reportTemplate.delete({ where: { id } });
export type TemplateFound = Awaited<ReturnType<typeof read>>;
