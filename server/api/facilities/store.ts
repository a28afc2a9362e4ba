import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

const withCentres = { centres: true } as const satisfies Prisma.FacilityInclude;

/** One's own facilities and everyone linked with them by an agreement or by the tree. */
export const visible = (tx: Tx, scope: FacilityScope) => {
  const own = { in: scope.facilityIds };
  return tx.facility.findMany({
    where: {
      OR: [
        { id: own },
        { parentId: own },
        { children: { some: { id: own } } },
        { sends: { some: { toId: own } } },
        { receives: { some: { fromId: own } } },
      ],
    },
    include: withCentres,
    orderBy: { code: 'asc' },
  });
};
export type FacilityRow = Awaited<ReturnType<typeof visible>>[number];

export const timeZoneOf = async (tx: Tx, id: string): Promise<string> =>
  (await tx.facility.findUniqueOrThrow({ where: { id }, select: { timeZone: true } })).timeZone;

export const centresReachableFrom = (tx: Tx, facilityId: string, line?: string) =>
  tx.centre.findMany({
    where: { line, OR: [{ facilityId }, { facility: { receives: { some: { fromId: facilityId } } } }] },
    include: { facility: { include: { receives: { where: { fromId: facilityId } } } } },
    orderBy: { facility: { code: 'asc' } },
  });

const parties = { from: { select: { name: true, timeZone: true } }, to: { select: { name: true } } } as const;
export type AgreementRow = Prisma.AgreementGetPayload<{ include: typeof parties }>;

export const agreements = (tx: Tx, scope: FacilityScope) =>
  tx.agreement.findMany({
    where: { OR: [{ fromId: { in: scope.facilityIds } }, { toId: { in: scope.facilityIds } }] },
    include: parties,
    orderBy: { number: 'asc' },
  });
export const agreement = (tx: Tx, scope: FacilityScope, id: string): Promise<AgreementRow> =>
  tx.agreement.findFirstOrThrow({
    where: { id, OR: [{ fromId: { in: scope.facilityIds } }, { toId: { in: scope.facilityIds } }] },
    include: parties,
  });
export const createAgreement = (tx: Tx, data: Prisma.AgreementUncheckedCreateInput) =>
  tx.agreement.create({ data, include: parties });
/** Moves an agreement on if nobody else did meanwhile. */
export const moveAgreement = (tx: Tx, id: string, revision: number, data: Prisma.AgreementUncheckedUpdateInput) =>
  tx.agreement.updateMany({ where: { id, revision }, data: { ...data, revision: { increment: 1 } } });

export const devices = (tx: Tx, scope: FacilityScope) =>
  tx.device.findMany({ where: { facilityId: { in: scope.facilityIds } }, orderBy: { aeTitle: 'asc' } });
