import { rolesWith } from '@lianzhen/contracts/access.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';

const whole = {
  account: { select: { id: true, displayName: true, title: true, licenceNumber: true, disabledAt: true } },
  facility: { select: { id: true, code: true, name: true, timeZone: true } },
} as const satisfies Prisma.ExpertProfileInclude;
export type ExpertFound = Prisma.ExpertProfileGetPayload<{ include: typeof whole }>;

/** Who works there still, as somebody who may answer an invitation there: registered at that facility. */
const registered = (facilityId: string): Prisma.ExpertProfileWhereInput => ({
  facilityId,
  account: { disabledAt: null, roles: { some: { facilityId, role: { in: rolesWith('consultation:answer') } } } },
});

export const listed = (tx: Tx, facilityIds: readonly string[], specialty?: string) =>
  tx.expertProfile.findMany({
    where: { isListed: true, specialty, OR: facilityIds.map(registered) },
    include: whole,
    orderBy: [{ facilityId: 'asc' }, { accountId: 'asc' }],
    take: 500,
  });
export const at = (tx: Tx, accountId: string, facilityId: string) =>
  tx.expertProfile.findFirst({ where: { accountId, ...registered(facilityId) }, include: whole });

/** One's own entries, and those of the facilities that one runs. */
export const managed = (tx: Tx, accountId: string, facilityIds: string[]) =>
  tx.expertProfile.findMany({
    where: { OR: [{ accountId }, { facilityId: { in: facilityIds } }] },
    include: whole,
    orderBy: [{ facilityId: 'asc' }, { accountId: 'asc' }],
    take: 500,
  });
/** Which of these entries, by account and facility, are of people who still may answer an invitation there. */
export const registeredAmong = (tx: Tx, entries: ReadonlyArray<{ accountId: string; facilityId: string }>) =>
  tx.expertProfile.findMany({
    where: { OR: entries.map(({ accountId, facilityId }) => ({ accountId, ...registered(facilityId) })) },
    select: { accountId: true, facilityId: true },
  });
export const find = (tx: Tx, accountId: string, facilityId: string) =>
  tx.expertProfile.findUnique({ where: { accountId_facilityId: { accountId, facilityId } }, include: whole });
export const isRegistered = async (tx: Tx, accountId: string, facilityId: string): Promise<boolean> =>
  (await tx.accountRole.count({
    where: { accountId, facilityId, role: { in: rolesWith('consultation:answer') } },
  })) > 0;
export const create = (tx: Tx, data: Prisma.ExpertProfileUncheckedCreateInput) =>
  tx.expertProfile.create({ data, include: whole });
export const replace = async (
  tx: Tx,
  key: { accountId: string; facilityId: string; revision: number },
  data: Prisma.ExpertProfileUncheckedUpdateManyInput,
): Promise<boolean> =>
  (await tx.expertProfile.updateMany({ where: key, data: { ...data, revision: { increment: 1 } } })).count === 1;

export const facility = (tx: Tx, id: string) =>
  tx.facility.findUnique({
    where: { id },
    select: { id: true, code: true, name: true, timeZone: true, parentId: true },
  });
/** Agreements in any state from one facility to others. */
export const agreementsFrom = (tx: Tx, fromId: string, toIds?: string[]) =>
  tx.agreement.findMany({ where: { fromId, ...(toIds ? { toId: { in: toIds } } : {}) } });
