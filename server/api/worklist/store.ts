import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import { ConsultationState, isOpen } from '@lianzhen/contracts/consultation-states.ts';
import { mostAhead } from '@lianzhen/contracts/fields.ts';
import { overStates, owedStates } from '@lianzhen/contracts/lease-rules.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { caseAtDesk, type FacilityScope, studyInScope } from '@lianzhen/db/scope.ts';

const person = { select: { id: true, name: true, sex: true, birthDate: true } } as const;
const studyFacts = {
  id: true,
  studyInstanceUid: true,
  accessionNumber: true,
  description: true,
  modalities: true,
  studyDate: true,
  instanceCount: true,
  seriesCount: true,
  revision: true,
  lateInstances: true,
  state: true,
} as const;
const whole = {
  lease: true,
  report: { select: { id: true, state: true, writerId: true, rejectedReason: true } },
  centre: { select: { id: true, facilityId: true, name: true, signatures: true } },
  consultations: {
    where: { state: { in: ConsultationState.options.filter(isOpen) } },
    orderBy: { submittedAt: 'desc' },
    take: 1,
    select: { id: true, number: true, state: true },
  },
  order: {
    include: {
      patient: person,
      requestingFacility: { select: { id: true, name: true } },
      parties: { select: { facilityId: true, part: true } },
      exams: { orderBy: { accessionNumber: 'asc' }, include: { studies: { select: studyFacts } } },
    },
  },
} as const satisfies Prisma.CaseInclude;
export type CaseFound = Prisma.CaseGetPayload<{ include: typeof whole }>;

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<CaseFound> =>
  tx.case.findFirstOrThrow({ where: { id, ...caseAtDesk(scope) }, include: whole });
/** The same, where there may be none. */
export const seek = (tx: Tx, scope: FacilityScope, id: string): Promise<CaseFound | null> =>
  tx.case.findFirst({ where: { id, ...caseAtDesk(scope) }, include: whole });

/** Every change of a case, its lease, its order and its report goes through this lock, so that they see each other. */
export async function lock(tx: Tx, scope: FacilityScope, id: string): Promise<CaseFound> {
  await tx.$queryRaw`
    SELECT 1 FROM "Case" c JOIN "Centre" t ON t."id" = c."centreId"
    WHERE c."id" = ${id}::uuid AND t."facilityId" = ANY(${scope.facilityIds}::uuid[]) FOR UPDATE OF c`;
  return read(tx, scope, id);
}

/** The same for the sender's side: by order, where one of these facilities asked for it. */
export async function lockOfSender(tx: Tx, scope: FacilityScope, orderId: string): Promise<CaseFound> {
  await tx.$queryRaw`
    SELECT 1 FROM "Case" c JOIN "Order" o ON o."id" = c."orderId"
    WHERE o."id" = ${orderId}::uuid AND o."requestingFacilityId" = ANY(${scope.facilityIds}::uuid[]) FOR UPDATE OF c`;
  const where = { orderId, order: { requestingFacilityId: { in: scope.facilityIds } } };
  return tx.case.findFirstOrThrow({ where, include: whole });
}

export const page = async (
  tx: Tx,
  where: Prisma.CaseWhereInput,
  orderBy: Prisma.CaseOrderByWithRelationInput[],
  skip: number,
  take: number,
) => {
  const rows = await tx.case.findMany({ where, orderBy, skip, take, include: whole });
  return { rows, total: await tx.case.count({ where, orderBy: inQueue, take: skip + take + mostAhead }) };
};

/** How many images of each study came and cannot be shown. */
export async function hiddenInstances(tx: Tx, studyInstanceUids: string[]): Promise<Map<string, number>> {
  const groups = await tx.instance.groupBy({
    by: ['studyInstanceUid'],
    where: { studyInstanceUid: { in: studyInstanceUids }, indexedAt: null, indexError: { not: null } },
    _count: true,
  });
  return new Map(groups.map(({ studyInstanceUid, _count }) => [studyInstanceUid, _count]));
}

/** The recordings in the evidence of cases. */
export const tracesOf = (tx: Tx, studyInstanceUids: string[]) =>
  tx.ecgTrace.findMany({
    where: { studyInstanceUid: { in: studyInstanceUids } },
    select: {
      ...{ studyInstanceUid: true, quality: true, readAt: true },
      replacedBy: { select: { id: true } },
      alarm: { select: { id: true, state: true, raisedAt: true, closedAt: true } },
    },
  });
export type TraceOfCase = Awaited<ReturnType<typeof tracesOf>>[number];

export const count = (tx: Tx, where: Prisma.CaseWhereInput): Promise<number> => tx.case.count({ where });
/** By state, where there are any. What is over grows without end: of that no more than `mostAhead`. */
export async function countByState(tx: Tx, where: Prisma.CaseWhereInput): Promise<Record<string, number>> {
  const running = { AND: [where, { state: { in: [...owedStates, 'returned'] } }] };
  const groups = await tx.case.groupBy({ by: ['state'], where: running, _count: true });
  const counts = new Map(groups.map(({ state, _count }) => [state, _count]));
  for (const state of overStates) {
    const found = await tx.case.count({ where: { AND: [where, { state }] }, orderBy: inQueue, take: mostAhead });
    if (found > 0) counts.set(state, found);
  }
  return Object.fromEntries(counts);
}
/** As the index has them. */
const inQueue = [
  { rank: 'asc' },
  { dueAt: 'asc' },
  { submittedAt: 'asc' },
  { id: 'asc' },
] as const satisfies Prisma.CaseOrderByWithRelationInput[];

export const candidates = (
  tx: Tx,
  where: Prisma.CaseWhereInput,
  orderBy: Prisma.CaseOrderByWithRelationInput[],
  take: number,
) => tx.case.findMany({ where, orderBy, take, select: { id: true } });

/** The first of these that is still in one of the states and that nobody else is taking at this moment, locked. */
export const lockFirstFree = async (
  tx: Tx,
  ids: readonly string[],
  states: readonly string[],
): Promise<string | undefined> => {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT "id" FROM "Case" WHERE "id" = ANY(${ids}::uuid[]) AND "state" = ANY(${states}::text[])
    ORDER BY array_position(${ids}::uuid[], "id") LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return rows[0]?.id;
};

export const change = (tx: Tx, id: string, data: Prisma.CaseUncheckedUpdateInput) =>
  tx.case.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, select: { revision: true } });

export const addEvent = (
  tx: Tx,
  caseId: string,
  event: { kind: CaseEventKind; at: Date; byId: string | null; byName: string | null; reason: string | null },
) => tx.caseEvent.create({ data: { caseId, ...event } });

export const events = (tx: Tx, caseId: string) =>
  tx.caseEvent.findMany({ where: { caseId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 500 });
export const lastEvent = (tx: Tx, caseId: string) =>
  tx.caseEvent.findFirst({ where: { caseId }, orderBy: [{ at: 'desc' }, { id: 'desc' }] });
/** The last of these kinds. */
export const lastEventOf = (tx: Tx, caseId: string, kinds: CaseEventKind[]) =>
  tx.caseEvent.findFirst({ where: { caseId, kind: { in: kinds } }, orderBy: [{ at: 'desc' }, { id: 'desc' }] });
export const supplements = (tx: Tx, orderId: string) =>
  tx.orderSupplement.findMany({ where: { orderId }, orderBy: { at: 'asc' }, take: 100 });

/** Takes the lease where it is free, run out, or one's own; otherwise there is no row and no change. */
export const takeLease = async (
  tx: Tx,
  lease: { caseId: string; accountId: string; accountName: string; purpose: string; token: string },
  now: Date,
  expiresAt: Date,
): Promise<string | undefined> => {
  const rows = await tx.$queryRaw<Array<{ token: string }>>`
    INSERT INTO "CaseLease" ("caseId", "accountId", "accountName", "purpose", "token", "acquiredAt", "expiresAt")
    VALUES (${lease.caseId}::uuid, ${lease.accountId}::uuid, ${lease.accountName}, ${lease.purpose}, ${lease.token}::uuid,
      ${now}, ${expiresAt})
    ON CONFLICT ("caseId") DO UPDATE SET
      "accountId" = EXCLUDED."accountId", "accountName" = EXCLUDED."accountName", "purpose" = EXCLUDED."purpose",
      "token" = EXCLUDED."token", "acquiredAt" = EXCLUDED."acquiredAt", "expiresAt" = EXCLUDED."expiresAt"
    WHERE "CaseLease"."expiresAt" <= ${now} OR "CaseLease"."accountId" = EXCLUDED."accountId"
    RETURNING "token"::text`;
  return rows[0]?.token;
};

/** Only the holder's own, only while it lives: a heartbeat never wakes a lease that has run out. */
export const prolongLease = async (
  tx: Tx,
  scope: FacilityScope,
  held: { caseId: string; token: string; accountId: string },
  now: Date,
  expiresAt: Date,
): Promise<boolean> => {
  const { count } = await tx.caseLease.updateMany({
    where: { ...held, expiresAt: { gt: now }, case: caseAtDesk(scope) },
    data: { expiresAt },
  });
  return count === 1;
};

export const dropLease = (tx: Tx, caseId: string) => tx.caseLease.deleteMany({ where: { caseId } });

/** Other studies of the same person that this scope may see, newest first, with the parties of their orders. */
export const priors = (tx: Tx, scope: FacilityScope, patientId: string, orderId: string) =>
  tx.study.findMany({
    where: { patientId, state: 'matched', NOT: { orderExam: { orderId } }, ...studyInScope(scope) },
    orderBy: [{ studyDate: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
    take: 20,
    select: {
      ...studyFacts,
      orderExam: {
        select: {
          order: {
            select: {
              parties: { select: { facilityId: true } },
              case: { select: { report: { select: { versions: signedVersion } } } },
            },
          },
        },
      },
    },
  });
const signedVersion = {
  where: { replacedBy: null, kind: { not: 'preliminary' } },
  orderBy: { number: 'desc' },
  take: 1,
  select: { id: true },
} as const satisfies Prisma.Report$versionsArgs;

/** The centres whose queue this person works on. */
export const centresOf = (tx: Tx, { facilityIds, accountId = '' }: FacilityScope) =>
  tx.centre.findMany({
    where: { facilityId: { in: facilityIds }, members: { some: { accountId } } },
    orderBy: { id: 'asc' },
    select: { id: true, line: true, name: true, nameEn: true },
  });

export const accounts = (tx: Tx, ids: string[]) =>
  tx.account.findMany({ where: { id: { in: ids } }, select: { id: true, displayName: true } });

/** The facilities with a part in the order of a case. */
export const partiesOf = async (tx: Tx, caseId: string): Promise<string[]> => {
  const rows = await tx.orderParty.findMany({
    where: { order: { case: { id: caseId } } },
    select: { facilityId: true },
  });
  return [...new Set(rows.map(({ facilityId }) => facilityId))];
};

export const filters = (tx: Tx, accountId: string) =>
  tx.savedFilter.findMany({ where: { accountId }, orderBy: { name: 'asc' } });
export const saveFilter = (tx: Tx, accountId: string, name: string, query: Prisma.InputJsonObject) =>
  tx.savedFilter.upsert({
    where: { accountId_name: { accountId, name } },
    create: { accountId, name, query },
    update: { query },
  });
export const removeFilter = (tx: Tx, accountId: string, id: string) =>
  tx.savedFilter.deleteMany({ where: { id, accountId } });
