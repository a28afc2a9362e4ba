import type { Prisma, Tx } from '@lianzhen/db/client.ts';

const raised = {
  hops: { orderBy: { number: 'asc' } },
  centre: { select: { facilityId: true, facility: { select: { timeZone: true } } } },
} as const satisfies Prisma.EcgAlarmInclude;
export type RaisedAlarm = Prisma.EcgAlarmGetPayload<{ include: typeof raised }>;
export type NewHop = Prisma.EcgAlarmHopUncheckedCreateInput;

/** The alarm, locked, where nobody has acknowledged it and nobody is doing so at this moment. */
export async function lockIfRaised(tx: Tx, id: string): Promise<RaisedAlarm | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "EcgAlarm" WHERE "id" = ${id}::uuid AND "state" = 'raised' FOR UPDATE SKIP LOCKED`;
  if (rows.length === 0) return null;
  return tx.ecgAlarm.findUnique({ where: { id }, include: raised });
}

export const addHop = (tx: Tx, data: NewHop) => tx.ecgAlarmHop.create({ data });

export const change = (tx: Tx, id: string, data: Prisma.EcgAlarmUncheckedUpdateInput) =>
  tx.ecgAlarm.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, select: { revision: true } });

export const overdue = async (tx: Tx, before: Date, take: number): Promise<string[]> => {
  const rows = await tx.ecgAlarm.findMany({
    where: { state: 'raised', dueAt: { lt: before } },
    orderBy: { dueAt: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

const kinds = ['pairing', 'east-west'];
export const pairings = (tx: Tx, facilityIds: string[]) =>
  tx.agreement.findMany({
    where: { kind: { in: kinds }, OR: [{ fromId: { in: facilityIds } }, { toId: { in: facilityIds } }] },
    select: { fromId: true, toId: true, state: true, validFrom: true, validTo: true },
  });

/** Of these facilities the ones that have an expert of cardiology in the directory. */
export const withCardiology = (tx: Tx, ids: string[]) =>
  tx.facility.findMany({
    where: { id: { in: ids }, experts: { some: { specialty: 'cardiology', isListed: true } } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true },
  });
