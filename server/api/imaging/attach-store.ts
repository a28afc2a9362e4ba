import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, orderInScope } from '@lianzhen/db/scope.ts';
import { answeredForBy } from './study-store.ts';

const patientKnown = {
  id: true,
  name: true,
  nameAlphabetic: true,
  sex: true,
  birthDate: true,
  identifiers: { select: { type: true, value: true }, orderBy: { createdAt: 'asc' } },
} as const satisfies Prisma.PatientSelect;
const shown = {
  id: true,
  examName: true,
  accessionNumber: true,
  state: true,
  orderId: true,
  order: {
    select: {
      id: true,
      number: true,
      state: true,
      submittedAt: true,
      patientId: true,
      requestingFacility: { select: { name: true } },
      patient: { select: patientKnown },
    },
  },
} as const satisfies Prisma.OrderExamSelect;
export type OpenExam = Prisma.OrderExamGetPayload<{ select: typeof shown }>;

/** What images are made for. */
const ofImages = { line: { in: ['imaging', 'ecg'] } };

/**
 * Exams of requests that are not answered yet, or were returned for other images, and for whose images one's house
 * answers; the latest first.
 * @param besides exams that are known already
 */
export const openExams = (
  tx: Tx,
  scope: FacilityScope,
  wanted: Prisma.OrderWhereInput,
  take: number,
  besides: string[] = [],
): Promise<OpenExam[]> =>
  tx.orderExam.findMany({
    where: {
      id: { notIn: besides },
      state: { not: 'cancelled' },
      order: {
        ...ofImages,
        state: { in: ['submitted', 'returned'] },
        AND: [wanted, orderInScope(scope), answeredForBy(scope)],
      },
    },
    select: shown,
    orderBy: [{ order: { submittedAt: 'desc' } }, { accessionNumber: 'asc' }],
    take,
  });

/** An exam that images can be attached to, and the person it is for. */
export const readExam = (tx: Tx, scope: FacilityScope, id: string): Promise<OpenExam | null> =>
  tx.orderExam.findFirst({ where: { id, order: { ...ofImages, ...orderInScope(scope) } }, select: shown });

/** Whose number this is known to be: by the state, or by the house whose machine wrote it. */
export async function holdersOf(tx: Tx, facilityId: string, value: string): Promise<string[]> {
  const { code } = await tx.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { code: true } });
  const rows = await tx.patientIdentifier.findMany({
    where: { value, OR: [{ verified: true }, { issuer: code }], patient: { mergedIntoId: null } },
    select: { patientId: true },
    distinct: ['patientId'],
    take: 100,
  });
  return rows.map(({ patientId }) => patientId);
}
