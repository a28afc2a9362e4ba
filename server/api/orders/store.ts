import { mostAhead } from '@lianzhen/contracts/fields.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { type FacilityScope, orderInScope, patientInScope } from '@lianzhen/db/scope.ts';

const studyFacts = { id: true, studyInstanceUid: true, seriesCount: true, instanceCount: true, state: true } as const;
const latestVersion = {
  where: { replacedBy: null },
  orderBy: { number: 'desc' },
  take: 1,
  select: { id: true, kind: true },
} as const satisfies Prisma.Report$versionsArgs;
const whole = {
  patient: { select: { id: true, name: true, sex: true, birthDate: true } },
  centre: { select: { id: true, name: true, facilityId: true } },
  requestingFacility: { select: { id: true, name: true } },
  exams: { orderBy: { accessionNumber: 'asc' }, include: { studies: { select: studyFacts } } },
  case: {
    include: { lease: true, report: { select: { writerId: true, versions: latestVersion } } },
  },
} as const satisfies Prisma.OrderInclude;
export type OrderFound = Prisma.OrderGetPayload<{ include: typeof whole }>;

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<OrderFound> =>
  tx.order.findFirstOrThrow({ where: { id, ...orderInScope(scope) }, include: whole });

export const page = async (
  tx: Tx,
  scope: FacilityScope,
  filter: Prisma.OrderWhereInput,
  skip: number,
  take: number,
) => {
  const where = { AND: [orderInScope(scope), filter] };
  const orderBy: Prisma.OrderOrderByWithRelationInput[] = [{ submittedAt: 'desc' }, { id: 'desc' }];
  const rows = await tx.order.findMany({ where, orderBy, skip, take, include: whole });
  return { rows, total: await tx.order.count({ where, orderBy, take: skip + take + mostAhead }) };
};

/**
 * The ids of those, of any facility, that have the text in their number, had it with their sender, or have an exam under it.
 * A number typed whole is found by its index and means nothing else; only for a part of one are all numbers read.
 */
export async function numbered(tx: Tx, text: string, take: number): Promise<string[]> {
  const [like, number] = [likeText(text), text.toUpperCase()];
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    WITH whole AS (
      SELECT "id" FROM "Order" WHERE "number" = ${number}
      UNION SELECT "orderId" FROM "OrderExam" WHERE "accessionNumber" = ${number}
    )
    SELECT "id"::text FROM (
      SELECT "id" FROM whole
      UNION (SELECT "id" FROM "Order" WHERE "placerNumber" = ${text} LIMIT ${take})
      UNION (SELECT "id" FROM "Order" WHERE NOT EXISTS (SELECT 1 FROM whole) AND "number" ILIKE ${`%${like}%`} LIMIT ${take})
      UNION (SELECT "orderId" FROM "OrderExam" WHERE "accessionNumber" LIKE ${`${like.toUpperCase()}%`} LIMIT ${take})
    ) AS found LIMIT ${take}`;
  return rows.map((row) => row.id);
}

export const details = async (tx: Tx, orderId: string, caseId: string) => ({
  consent: await tx.consent.findUnique({ where: { orderId } }),
  supplements: await tx.orderSupplement.findMany({ where: { orderId }, orderBy: { at: 'asc' }, take: 100 }),
  events: await tx.caseEvent.findMany({ where: { caseId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 500 }),
});

export const change = (tx: Tx, id: string, data: Prisma.OrderUncheckedUpdateInput) =>
  tx.order.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, select: { revision: true } });
export const setExams = (tx: Tx, orderId: string, state: string) =>
  tx.orderExam.updateMany({ where: { orderId }, data: { state } });
export const scheduleAgain = (tx: Tx, orderId: string, now: Date) =>
  tx.orderExam.updateMany({ where: { orderId, state: 'acquired' }, data: { state: 'scheduled', scheduledAt: now } });
export const addSupplement = (tx: Tx, supplement: { orderId: string; text: string; byId: string; at: Date }) =>
  tx.orderSupplement.create({ data: supplement });
export const countSupplements = (tx: Tx, orderId: string) => tx.orderSupplement.count({ where: { orderId } });

/** Exams of these orders with images that wait for a person's decision. */
export const ordersInQuarantine = async (tx: Tx, found: readonly OrderFound[]): Promise<Set<string>> => {
  const orderOf = new Map<string, string>();
  for (const order of found) for (const exam of order.exams) orderOf.set(exam.id, order.id);
  const open = await tx.quarantineItem.findMany({
    where: { state: 'open', orderExamId: { in: [...orderOf.keys()] } },
    select: { orderExamId: true },
  });
  const held = found.filter((order) =>
    order.exams.some(({ studies }) => studies.some((s) => s.state === 'quarantined')),
  );
  return new Set([...open.map((item) => orderOf.get(item.orderExamId ?? '') ?? ''), ...held.map(({ id }) => id)]);
};

/** How many ready cases of the same centre stand before each of these: emergencies first, then what is due first. */
export const aheadOf = async (tx: Tx, caseIds: readonly string[]): Promise<Map<string, number>> => {
  if (caseIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<Array<{ id: string; ahead: number }>>`
    SELECT "id", "ahead" FROM (
      SELECT "id", (row_number() OVER (PARTITION BY "centreId" ORDER BY "rank", "dueAt" NULLS LAST, "submittedAt", "id") - 1)::int AS "ahead"
      FROM "Case" WHERE "state" = 'ready'
        AND "centreId" IN (SELECT "centreId" FROM "Case" WHERE "id" = ANY(${caseIds}::uuid[]))
    ) queue WHERE "id" = ANY(${caseIds}::uuid[])`;
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
};

/** Orders with a current result that nobody of these facilities has acknowledged in the inbox yet. */
export const unreadResults = async (tx: Tx, scope: FacilityScope, orderIds: string[]): Promise<Set<string>> => {
  const rows = await tx.delivery.findMany({
    where: {
      facilityId: { in: scope.facilityIds },
      readAt: null,
      isOutdated: false,
      destination: { kind: 'inbox' },
      version: { replacedBy: null, report: { case: { orderId: { in: orderIds } } } },
    },
    select: { version: { select: { report: { select: { case: { select: { orderId: true } } } } } } },
  });
  return new Set(rows.flatMap((row) => row.version.report.case?.orderId ?? []));
};

export const patient = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.patient.findFirst({
    where: { id, ...patientInScope(scope) },
    select: { id: true, name: true, mergedIntoId: true, villageId: true },
  });
export const centre = (tx: Tx, id: string) =>
  tx.centre.findUnique({ where: { id }, include: { facility: { select: { id: true, code: true } } } });
export const facility = (tx: Tx, id: string) =>
  tx.facility.findUnique({ where: { id }, select: { id: true, code: true, timeZone: true, parentId: true } });
/** Agreements in any state between facilities of the two lists, in this direction. */
export const agreements = (tx: Tx, fromIds: string[], toIds: string[]) =>
  tx.agreement.findMany({ where: { fromId: { in: fromIds }, toId: { in: toIds } } });
export const catalogueItems = (tx: Tx, codes: string[]) =>
  tx.examCatalogueItem.findMany({ where: { code: { in: codes }, active: true } });
