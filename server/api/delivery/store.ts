import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { consultationInScope, type FacilityScope, orderInScope } from '@lianzhen/db/scope.ts';

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
      report: { select: { case: { select: { orderId: true } }, consultationId: true } },
    },
  },
} as const satisfies Prisma.DeliveryInclude;
export type DeliveryRecord = Prisma.DeliveryGetPayload<{ include: typeof whole }>;

/** Of which orders and which consultations the results are asked for. */
export interface Subjects {
  order?: Prisma.OrderWhereInput;
  consultation?: Prisma.ConsultationWhereInput;
}
/**
 * The ledger is seen by whoever has a part in the order or the consultation; nobody else is sent a result. They are two
 * questions, each of which PostgreSQL can begin with the facility's own rows; one with an OR would look at every row.
 * What is asked about the subject stands beside the scope: said apart from it, Prisma joins the whole way twice.
 */
export const inScope = (
  scope: FacilityScope,
  { order = {}, consultation = {} }: Subjects = {},
): readonly [Prisma.DeliveryWhereInput, Prisma.DeliveryWhereInput] => [
  { version: { report: { case: { order: { AND: [orderInScope(scope), order] } } } } },
  { version: { report: { consultation: { AND: [consultationInScope(scope), consultation] } } } },
];
const newestFirst: Prisma.DeliveryOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];

export const list = (tx: Tx, where: Prisma.DeliveryWhereInput, skip: number, take: number) =>
  tx.delivery.findMany({ where, include: whole, orderBy: newestFirst, skip, take });
/** One page of what several questions find, newest first; they find nothing twice. */
export async function listOf(tx: Tx, wheres: readonly Prisma.DeliveryWhereInput[], skip: number, take: number) {
  const found = [];
  for (const where of wheres)
    found.push(
      ...(await tx.delivery.findMany({
        ...{ where, orderBy: newestFirst, take: skip + take },
        select: { id: true, createdAt: true },
      })),
    );
  found.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  const ids = found.slice(skip, skip + take).map(({ id }) => id);
  return list(tx, { id: { in: ids } }, 0, take);
}
/**
 * How many several questions find, which find nothing twice; no further than `most`. Counted in the order of the list, which
 * has an index: without a wish Prisma takes the order of the ids.
 */
export async function countOf(tx: Tx, wheres: readonly Prisma.DeliveryWhereInput[], most: number): Promise<number> {
  let found = 0;
  for (const where of wheres)
    if (found < most) found += await tx.delivery.count({ where, orderBy: newestFirst, take: most - found });
  return found;
}
/** Of each of the states that there are any of, no further than `most`. */
export async function countByState(
  tx: Tx,
  wheres: readonly Prisma.DeliveryWhereInput[],
  states: readonly string[],
  most: number,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const state of states) {
    const found = await countOf(
      tx,
      wheres.map((where) => ({ ...where, state })),
      most,
    );
    if (found > 0) counts[state] = found;
  }
  return counts;
}
/** One delivery that any of these questions finds. */
export const readAny = (tx: Tx, wheres: readonly Prisma.DeliveryWhereInput[], id: string) =>
  tx.delivery.findFirstOrThrow({ where: { id, OR: [...wheres] }, include: whole });
export const read = (tx: Tx, where: Prisma.DeliveryWhereInput, id: string) =>
  tx.delivery.findFirstOrThrow({ where: { AND: [{ id }, where] }, include: whole });
export const attempts = (tx: Tx, deliveryId: string) =>
  tx.deliveryAttempt.findMany({ where: { deliveryId }, orderBy: { number: 'desc' }, take: 100 });
export const namesOf = async (tx: Tx, ids: string[]): Promise<Map<string, string>> => {
  const rows = await tx.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });
  return new Map(rows.map((row) => [row.id, row.displayName]));
};
export const facilitiesConcerned = async (tx: Tx, record: DeliveryRecord): Promise<string[]> => {
  const { case: ofCase, consultationId } = record.version.report;
  const select = { facilityId: true } as const;
  const parties = ofCase
    ? await tx.orderParty.findMany({ where: { orderId: ofCase.orderId }, select })
    : await tx.consultationParty.findMany({ where: { consultationId: consultationId ?? '', until: null }, select });
  return [...new Set([record.facilityId, ...parties.map((party) => party.facilityId)])];
};

export const facility = (tx: Tx, id: string) =>
  tx.facility.findUniqueOrThrow({ where: { id }, select: { code: true } });

export const inboxesOf = async (tx: Tx, { facilityIds }: FacilityScope): Promise<string[]> => {
  const where = { facilityId: { in: facilityIds }, kind: 'inbox' };
  return (await tx.destination.findMany({ where, select: { id: true } })).map(({ id }) => id);
};

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
