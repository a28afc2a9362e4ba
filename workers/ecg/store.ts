import type { Prisma, Tx } from '@lianzhen/db/client.ts';

/** @returns the id of the trace of an instance, made where there was none */
export async function addTrace(tx: Tx, data: Prisma.EcgTraceCreateManyInput): Promise<string> {
  await tx.ecgTrace.createMany({ data: [data], skipDuplicates: true });
  const where = { sopInstanceUid: data.sopInstanceUid };
  return (await tx.ecgTrace.findUniqueOrThrow({ where, select: { id: true } })).id;
}

export const readTrace = (tx: Tx, id: string) => tx.ecgTrace.findUnique({ where: { id } });
export type TraceRow = NonNullable<Awaited<ReturnType<typeof readTrace>>>;

/** The trace, locked, while nobody has read it yet. */
export async function lockUnread(tx: Tx, id: string): Promise<TraceRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "EcgTrace" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.ecgTrace.findFirst({ where: { id, readAt: null } });
}

export const changeTrace = (tx: Tx, id: string, data: Prisma.EcgTraceUncheckedUpdateInput): Promise<TraceRow> =>
  tx.ecgTrace.update({ where: { id }, data: { ...data, revision: { increment: 1 } } });

export const instanceOf = (tx: Tx, sopInstanceUid: string) =>
  tx.instance.findUnique({
    where: { sopInstanceUid },
    select: { blob: true, size: true, indexedAt: true, indexError: true },
  });

export const studyOf = (tx: Tx, studyInstanceUid: string) =>
  tx.study.findUnique({
    where: { studyInstanceUid },
    select: { id: true, facilityId: true, state: true, orderExamId: true, accessionNumber: true },
  });

/** The traces of a study that are its patient's: not those that are held back because they name somebody else. */
export async function tracesOfStudy(tx: Tx, studyInstanceUid: string) {
  const instances = await tx.instance.findMany({
    where: { studyInstanceUid, indexedAt: { not: null }, indexError: null },
    select: { sopInstanceUid: true },
  });
  return tx.ecgTrace.findMany({
    where: { sopInstanceUid: { in: instances.map(({ sopInstanceUid }) => sopInstanceUid) } },
    select: {
      ...{ id: true, facilityId: true, revision: true, critical: true },
      alarm: { select: { id: true, caseId: true } },
    },
  });
}

/** The hub's own measurements are written once. */
export const addAutomatic = (tx: Tx, traceId: string, at: Date, content: Prisma.InputJsonObject) =>
  tx.ecgMeasurement.createMany({ data: [{ traceId, at, content }], skipDuplicates: true });

/** An exam of the facility's own order, with its case and centre. */
const placed = {
  id: true,
  order: {
    select: {
      centre: { select: { id: true, name: true, facilityId: true } },
      parties: { select: { facilityId: true } },
      case: { select: { id: true } },
    },
  },
} as const satisfies Prisma.OrderExamSelect;
export type PlacedExam = Prisma.OrderExamGetPayload<{ select: typeof placed }>;

export const exam = (tx: Tx, where: Prisma.OrderExamWhereInput): Promise<PlacedExam | null> =>
  tx.orderExam.findFirst({ where: { ...where, order: { ...(where.order as object), line: 'ecg' } }, select: placed });

export async function caseOfExam(tx: Tx, orderExamId: string): Promise<{ id: string; facilityIds: string[] } | null> {
  const found = await tx.orderExam.findUnique({ where: { id: orderExamId }, select: placed });
  if (!found?.order.case) return null;
  return { id: found.order.case.id, facilityIds: found.order.parties.map(({ facilityId }) => facilityId) };
}

/** Never lowers it. @returns null where the case is as far ahead already, or is over */
export async function raiseCase(tx: Tx, id: string, rank: number): Promise<{ revision: number } | null> {
  const where = { id, rank: { gt: rank }, state: { notIn: ['reported', 'withdrawn'] } };
  const { count } = await tx.case.updateMany({ where, data: { rank, revision: { increment: 1 } } });
  return count === 0 ? null : tx.case.findUnique({ where: { id }, select: { revision: true } });
}

export const partiesOfCase = async (tx: Tx, caseId: string): Promise<string[]> => {
  const rows = await tx.orderParty.findMany({
    where: { order: { case: { id: caseId } } },
    select: { facilityId: true },
  });
  return [...new Set(rows.map(({ facilityId }) => facilityId))];
};

export const partiesOfStudy = async (tx: Tx, studyInstanceUid: string): Promise<string[]> => {
  const rows = await tx.orderParty.findMany({
    where: { order: { exams: { some: { studies: { some: { studyInstanceUid } } } } } },
    select: { facilityId: true },
  });
  return rows.map(({ facilityId }) => facilityId);
};

export const changeAlarm = (tx: Tx, id: string, data: Prisma.EcgAlarmUncheckedUpdateInput) =>
  tx.ecgAlarm.update({
    where: { id },
    data: { ...data, revision: { increment: 1 } },
    select: { revision: true },
  });

export const hearersOfAlarm = async (tx: Tx, id: string): Promise<string[]> => {
  const alarm = await tx.ecgAlarm.findUniqueOrThrow({
    where: { id },
    select: { facilityId: true, centre: { select: { facilityId: true } }, hops: { select: { facilityId: true } } },
  });
  return [...new Set([alarm.facilityId, alarm.centre.facilityId, ...alarm.hops.map(({ facilityId }) => facilityId)])];
};

export const lockStudy = (tx: Tx, studyInstanceUid: string) =>
  tx.$queryRaw`SELECT 1 FROM "Study" WHERE "studyInstanceUid" = ${studyInstanceUid} FOR UPDATE`;

/** Earlier recordings of a facility for an exam, the newest first: matched to it, or named for it. */
export async function earlierTraces(tx: Tx, trace: TraceRow, orderExamId: string) {
  const studies = await tx.study.findMany({ where: { orderExamId }, select: { studyInstanceUid: true } });
  const uids = studies.map(({ studyInstanceUid }) => studyInstanceUid);
  return tx.ecgTrace.findMany({
    where: {
      ...{ id: { not: trace.id }, facilityId: trace.facilityId, receivedAt: { lt: trace.receivedAt } },
      OR: [{ orderExamId }, { studyInstanceUid: { in: uids } }],
    },
    orderBy: { receivedAt: 'desc' },
    take: 20,
    select: {
      ...{ id: true, facilityId: true, studyInstanceUid: true, quality: true },
      replacedBy: { select: { id: true } },
    },
  });
}

/** @returns null where the trace has its alarm already */
export async function addAlarm(tx: Tx, data: Prisma.EcgAlarmCreateManyInput): Promise<string | null> {
  const { count } = await tx.ecgAlarm.createMany({ data: [data], skipDuplicates: true });
  if (count === 0) return null;
  return (await tx.ecgAlarm.findUniqueOrThrow({ where: { traceId: data.traceId }, select: { id: true } })).id;
}
export const addHop = (tx: Tx, data: Prisma.EcgAlarmHopUncheckedCreateInput) => tx.ecgAlarmHop.create({ data });

export const ownRuleSet = (tx: Tx, centreId: string, now: Date) =>
  tx.ecgRuleSet.findFirst({
    where: { centreId, validFrom: { lte: now } },
    orderBy: [{ version: 'desc' }, { validFrom: 'desc' }],
  });
export const commonRuleSets = (tx: Tx, now: Date) =>
  tx.ecgRuleSet.findMany({ where: { centreId: null, validFrom: { lte: now } }, take: 200 });
export const regionCode = async (tx: Tx, facilityId: string): Promise<string | null> =>
  (await tx.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { regionCode: true } })).regionCode;
export const timeZoneOf = async (tx: Tx, facilityId: string): Promise<string> =>
  (await tx.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { timeZone: true } })).timeZone;

export const agreementsFrom = (tx: Tx, fromId: string) =>
  tx.agreement.findMany({
    where: { fromId, state: 'signed' },
    select: { toId: true, state: true, lines: true, validFrom: true, validTo: true },
  });
export const ecgCentres = (tx: Tx, facilityIds: string[]) =>
  tx.centre.findMany({
    where: { line: 'ecg', facilityId: { in: facilityIds } },
    orderBy: { id: 'asc' },
    select: { id: true, name: true, facilityId: true },
  });

export const unreadTraces = async (tx: Tx, before: Date, take: number): Promise<string[]> => {
  const rows = await tx.ecgTrace.findMany({
    where: { readAt: null, receivedAt: { lt: before } },
    orderBy: { receivedAt: 'asc' },
    take,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};
