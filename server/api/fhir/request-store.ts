import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

const facility = { select: { code: true, name: true } } as const;
const whole = {
  order: {
    include: {
      patient: { select: { id: true, name: true } },
      requestingFacility: facility,
      centre: { select: { name: true, facility } },
    },
  },
} as const satisfies Prisma.OrderExamInclude;
export type RequestFound = Prisma.OrderExamGetPayload<{ include: typeof whole }>;

export interface RequestFilter {
  id?: string;
  patientId?: string;
  patientNumber?: Prisma.PatientIdentifierWhereInput;
  states?: string[];
  numbers?: Prisma.OrderExamWhereInput;
}

/** The exams that one's own facility asked for: each is a request. */
const where = (scope: FacilityScope, filter: RequestFilter): Prisma.OrderExamWhereInput => ({
  id: filter.id,
  order: {
    requestingFacilityId: { in: scope.facilityIds },
    patientId: filter.patientId,
    patient: filter.patientNumber ? { identifiers: { some: filter.patientNumber } } : undefined,
    state: filter.states ? { in: filter.states } : undefined,
  },
  AND: filter.numbers,
});

export const requests = (tx: Tx, scope: FacilityScope, filter: RequestFilter, skip: number, take: number) =>
  tx.orderExam.findMany({
    where: where(scope, filter),
    include: whole,
    orderBy: [{ order: { submittedAt: 'desc' } }, { id: 'desc' }],
    skip,
    take,
  });
export const countRequests = (tx: Tx, scope: FacilityScope, filter: RequestFilter) =>
  tx.orderExam.count({ where: where(scope, filter) });

/** The exams of orders that were just taken, in the order of their accession numbers. */
export const requestsOf = (tx: Tx, scope: FacilityScope, orderIds: string[]) =>
  tx.orderExam.findMany({
    where: { orderId: { in: orderIds }, order: { requestingFacilityId: { in: scope.facilityIds } } },
    include: whole,
    orderBy: { accessionNumber: 'asc' },
  });
