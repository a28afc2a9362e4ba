import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

export interface WorklistFilter {
  from: Date | undefined;
  to: Date | undefined;
  modality: string | undefined;
  accessionNumber: string | undefined;
  studyInstanceUid: string | undefined;
}

const wanted = {
  order: {
    include: {
      patient: { include: { identifiers: { orderBy: { createdAt: 'asc' } } } },
      requestingFacility: { select: { code: true, name: true, timeZone: true } },
    },
  },
} as const satisfies Prisma.OrderExamInclude;
export type ScheduledExam = Prisma.OrderExamGetPayload<{ include: typeof wanted }>;

/** The exams that a facility's machines still have to make, newest first. */
export const scheduledExams = (
  tx: Tx,
  scope: FacilityScope,
  filter: WorklistFilter,
  limit: number,
): Promise<ScheduledExam[]> =>
  tx.orderExam.findMany({
    where: {
      state: 'scheduled',
      scheduledAt: { gte: filter.from, lte: filter.to },
      modality: filter.modality,
      accessionNumber: filter.accessionNumber,
      studyInstanceUid: filter.studyInstanceUid,
      order: {
        line: { in: ['imaging', 'ecg'] },
        state: { in: ['submitted', 'returned'] },
        requestingFacilityId: { in: scope.facilityIds },
      },
    },
    include: wanted,
    orderBy: [{ scheduledAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });

/** The machines of a facility that may connect. */
export const machinesOf = (tx: Tx, scope: FacilityScope) =>
  tx.device.findMany({
    where: { facilityId: { in: scope.facilityIds }, enabled: true },
    select: { aeTitle: true, modality: true },
    orderBy: { aeTitle: 'asc' },
  });

export const requestersOf = async (tx: Tx, exams: readonly ScheduledExam[]): Promise<Map<string, string>> => {
  const ids = exams.flatMap(({ order }) => (order.requesterId === null ? [] : [order.requesterId]));
  const rows = await tx.account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, displayName: true },
  });
  return new Map(rows.map(({ id, displayName }) => [id, displayName]));
};
