import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, orderInScope } from '@lianzhen/db/scope.ts';

const whole = {
  facility: { select: { id: true, code: true, name: true } },
  destination: { select: { kind: true, name: true } },
  version: {
    select: {
      number: true,
      kind: true,
      content: true,
      replacedBy: { select: { id: true } },
      corrections: { orderBy: { number: 'desc' }, take: 1 },
      report: { select: { case: { select: { orderId: true } } } },
    },
  },
} as const satisfies Prisma.DeliveryInclude;
export type DeliveryRecord = Prisma.DeliveryGetPayload<{ include: typeof whole }>;

/**
 * The ledger is seen by whoever has a part in the order; nobody else is sent a result. (An OR with the receiving facility
 * would say no more, and keep PostgreSQL from starting with the facility's own orders.)
 */
export const inScope = (scope: FacilityScope): Prisma.DeliveryWhereInput => ({
  version: { report: { case: { order: orderInScope(scope) } } },
});

export const list = (tx: Tx, where: Prisma.DeliveryWhereInput, skip: number, take: number) =>
  tx.delivery.findMany({ where, include: whole, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip, take });
export const count = (tx: Tx, where: Prisma.DeliveryWhereInput) => tx.delivery.count({ where });
export const countByState = (tx: Tx, where: Prisma.DeliveryWhereInput) =>
  tx.delivery.groupBy({ by: ['state'], where, _count: { _all: true } });
export const read = (tx: Tx, where: Prisma.DeliveryWhereInput, id: string) =>
  tx.delivery.findFirstOrThrow({ where: { AND: [{ id }, where] }, include: whole });
export const attempts = (tx: Tx, deliveryId: string) =>
  tx.deliveryAttempt.findMany({ where: { deliveryId }, orderBy: { number: 'desc' }, take: 100 });
export const namesOf = async (tx: Tx, ids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  return new Map(rows.map((row) => [row.id, row.displayName]));
};
export const facilitiesConcerned = async (tx: Tx, record: DeliveryRecord): Promise<string[]> => {
  const parties = await tx.orderParty.findMany({
    where: { orderId: record.version.report.case.orderId },
    select: { facilityId: true },
  });
  return [...new Set([record.facilityId, ...parties.map((party) => party.facilityId)])];
};

export const facility = (tx: Tx, id: string) =>
  tx.facility.findUniqueOrThrow({ where: { id }, select: { code: true } });

const named = { facility: { select: { name: true, code: true } } } as const;
export type DestinationRecord = Prisma.DestinationGetPayload<{ include: typeof named }>;
export const destinations = (tx: Tx, scope: FacilityScope) =>
  tx.destination.findMany({
    where: { facilityId: { in: scope.facilityIds } },
    include: named,
    orderBy: [{ facilityId: 'asc' }, { name: 'asc' }],
  });
export const destination = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.destination.findFirstOrThrow({ where: { id, facilityId: { in: scope.facilityIds } }, include: named });
export const createDestination = (tx: Tx, data: Prisma.DestinationUncheckedCreateInput) =>
  tx.destination.create({ data, include: named });
