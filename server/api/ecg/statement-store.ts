import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

/** The ECG centres that this person reads for. */
export const centreIds = async (tx: Tx, { facilityIds, accountId = '' }: FacilityScope): Promise<string[]> => {
  const where = { line: 'ecg', facilityId: { in: facilityIds }, members: { some: { accountId } } };
  return (await tx.centre.findMany({ where, orderBy: { id: 'asc' }, select: { id: true } })).map(({ id }) => id);
};

/** Everybody's and these centres'. */
export const offered = (tx: Tx, centres: string[]) =>
  tx.ecgStatement.findMany({
    where: { active: true, OR: [{ centreId: null }, { centreId: { in: centres } }] },
    orderBy: [{ group: 'asc' }, { code: 'asc' }],
    take: 2000,
  });
export type StatementFound = Awaited<ReturnType<typeof offered>>[number];

export const read = (tx: Tx, centres: string[], id: string) =>
  tx.ecgStatement.findFirstOrThrow({
    where: { id, active: true, OR: [{ centreId: null }, { centreId: { in: centres } }] },
  });
export const count = (tx: Tx, centreId: string) => tx.ecgStatement.count({ where: { centreId } });
export const create = (tx: Tx, data: Prisma.EcgStatementUncheckedCreateInput) => tx.ecgStatement.create({ data });
export const replace = async (tx: Tx, id: string, revision: number, data: Prisma.EcgStatementUncheckedUpdateInput) => {
  const where = { id, revision };
  return (await tx.ecgStatement.updateMany({ where, data: { ...data, revision: { increment: 1 } } })).count === 1;
};
export const remove = (tx: Tx, id: string) => tx.ecgStatement.delete({ where: { id } });
