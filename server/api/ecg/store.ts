import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type ReadingScope, studyReadable } from '@lianzhen/db/scope.ts';

const whole = {
  facility: { select: { name: true } },
  replacedBy: { select: { id: true } },
  measurements: { orderBy: [{ revision: 'desc' }], take: 400 },
} as const satisfies Prisma.EcgTraceInclude;
export type TraceFound = Prisma.EcgTraceGetPayload<{ include: typeof whole }>;

const ofStudy = {
  id: true,
  studyInstanceUid: true,
  facilityId: true,
  patientId: true,
  revision: true,
  patient: { select: { id: true, name: true, sex: true, birthDate: true } },
  orderExam: { select: { order: { select: { id: true, number: true, patientId: true } } } },
} as const satisfies Prisma.StudySelect;
export type StudyFound = Prisma.StudyGetPayload<{ select: typeof ofStudy }>;

export const readTrace = (tx: Tx, id: string): Promise<TraceFound | null> =>
  tx.ecgTrace.findUnique({ where: { id }, include: whole });

/** The study of a trace, where this scope may look at it. */
export const readableStudy = (tx: Tx, scope: ReadingScope, studyInstanceUid: string): Promise<StudyFound | null> =>
  tx.study.findFirst({ where: { studyInstanceUid, ...studyReadable(scope) }, select: ofStudy });

/** For who was let in to the trace by an alarm. */
export const studyOf = (tx: Tx, studyInstanceUid: string): Promise<StudyFound | null> =>
  tx.study.findUnique({ where: { studyInstanceUid }, select: ofStudy });

export interface StoredInstance {
  sopInstanceUid: string;
  seriesInstanceUid: string;
  blob: string;
  size: number;
  indexError: string | null;
}
export const instancesOf = async (tx: Tx, sopInstanceUids: string[]): Promise<Map<string, StoredInstance>> => {
  const rows = await tx.instance.findMany({
    where: { sopInstanceUid: { in: sopInstanceUids } },
    select: { sopInstanceUid: true, seriesInstanceUid: true, blob: true, size: true, indexError: true },
  });
  return new Map(rows.map((row) => [row.sopInstanceUid, row]));
};

export const tracesById = async (tx: Tx, ids: string[]): Promise<TraceFound[]> => {
  const rows = await tx.ecgTrace.findMany({ where: { id: { in: ids } }, include: whole });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

export const studiesByUid = async (tx: Tx, uids: string[]): Promise<Map<string, StudyFound>> => {
  const rows = await tx.study.findMany({ where: { studyInstanceUid: { in: uids } }, select: ofStudy });
  return new Map(rows.map((row) => [row.studyInstanceUid, row]));
};

/** Whether somebody is called to an open alarm of this trace. @param called see `calledTo` */
export const hasAlarm = async (tx: Tx, traceId: string, called: Prisma.EcgAlarmWhereInput): Promise<boolean> =>
  (await tx.ecgAlarm.count({ where: { traceId, closedAt: null, ...called } })) > 0;

export const partiesOf = async (tx: Tx, studyInstanceUid: string): Promise<string[]> => {
  const rows = await tx.orderParty.findMany({
    where: { order: { exams: { some: { studies: { some: { studyInstanceUid } } } } } },
    select: { facilityId: true },
  });
  return rows.map(({ facilityId }) => facilityId);
};

export const calledFacilities = async (tx: Tx, traceId: string): Promise<string[]> => {
  const rows = await tx.ecgAlarmHop.findMany({ where: { alarm: { traceId } }, select: { facilityId: true } });
  return rows.map(({ facilityId }) => facilityId);
};

/** Whoever changes a trace, or what belongs to it, holds this. */
export const lockTrace = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM "EcgTrace" WHERE "id" = ${id}::uuid FOR UPDATE`;

export const touchTrace = (tx: Tx, id: string, data: Prisma.EcgTraceUncheckedUpdateInput = {}) =>
  tx.ecgTrace.update({
    where: { id },
    data: { ...data, revision: { increment: 1 } },
    select: { id: true, revision: true, facilityId: true, studyInstanceUid: true },
  });

/** The newest that somebody measured on a trace. */
export const newestMeasurement = (tx: Tx, traceId: string, authorId: string) =>
  tx.ecgMeasurement.findFirst({ where: { traceId, authorId }, orderBy: { revision: 'desc' } });

export const addMeasurement = (tx: Tx, data: Prisma.EcgMeasurementUncheckedCreateInput) =>
  tx.ecgMeasurement.create({ data });

/** What a trace repeats, one after the other, the nearest first. */
export async function repeatedBy(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    WITH RECURSIVE chain("id", "depth") AS (
      SELECT "replacesId", 1 FROM "EcgTrace" WHERE "id" = ${id}::uuid AND "replacesId" IS NOT NULL
      UNION ALL
      SELECT t."replacesId", c."depth" + 1 FROM "EcgTrace" t JOIN chain c ON t."id" = c."id"
      WHERE t."replacesId" IS NOT NULL AND c."depth" < 100)
    SELECT "id" FROM chain ORDER BY "depth"`;
  return rows.map((row) => row.id);
}
