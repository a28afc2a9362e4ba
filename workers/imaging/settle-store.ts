import type { Difference, PersonName } from '@lianzhen/contracts/imaging.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { v7 as uuid } from 'uuid';

export interface SettlingStudy {
  id: string;
  studyInstanceUid: string;
  facilityId: string;
  state: string;
  revision: number;
  orderExamId: string | null;
  headerPatientId: string | null;
  headerIssuer: string | null;
  headerName: PersonName | null;
  headerSex: string | null;
  headerBirthDate: string | null;
  accessionNumber: string | null;
  modalities: string[];
  instanceCount: number;
  receivedAt: Date;
  settleAfter: Date | null;
  settledAt: Date | null;
}

export async function lockStudy(tx: Tx, id: string): Promise<SettlingStudy | undefined> {
  const rows = await tx.$queryRaw<SettlingStudy[]>`SELECT * FROM "Study" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return rows[0];
}

export const countUnindexed = (tx: Tx, studyInstanceUid: string): Promise<number> =>
  tx.instance.count({ where: { studyInstanceUid, indexedAt: null, indexError: null } });

const person = {
  select: {
    id: true,
    name: true,
    nameAlphabetic: true,
    sex: true,
    birthDate: true,
    identifiers: { select: { type: true, value: true } },
  },
} as const;
const candidate = {
  select: {
    id: true,
    orderId: true,
    accessionNumber: true,
    state: true,
    order: { select: { state: true, patientId: true, patient: person } },
  },
} as const satisfies Prisma.OrderExamDefaultArgs;
export type Candidate = Prisma.OrderExamGetPayload<typeof candidate>;

/** The lines whose evidence comes as studies. */
const lines = ['imaging', 'ecg'];
/** An exam that may still take evidence, asked for by this facility. */
const open = (facilityId: string) => ({
  state: { not: 'cancelled' },
  order: { requestingFacilityId: facilityId, state: { not: 'withdrawn' }, line: { in: lines } },
});

/** The exam that the sender of a recording named for it. */
export async function examNamed(tx: Tx, facilityId: string, studyInstanceUid: string): Promise<Candidate | null> {
  const trace = await tx.ecgTrace.findFirst({
    where: { studyInstanceUid, facilityId, orderExamId: { not: null } },
    orderBy: { receivedAt: 'desc' },
    select: { orderExamId: true },
  });
  if (!trace?.orderExamId) return null;
  return tx.orderExam.findFirst({ where: { id: trace.orderExamId, ...open(facilityId) }, ...candidate });
}

export const examByAccession = (tx: Tx, facilityId: string, accessionNumber: string): Promise<Candidate | null> =>
  tx.orderExam.findFirst({ where: { accessionNumber, ...open(facilityId) }, ...candidate });

export const examByStudyUid = (tx: Tx, facilityId: string, studyInstanceUid: string): Promise<Candidate | null> =>
  tx.orderExam.findFirst({ where: { studyInstanceUid, ...open(facilityId) }, ...candidate });

/**
 * Exams that wait for images of this patient number. A number counts where it was verified, or where the facility that
 * sends the images issued it itself.
 */
export const examsByPatient = (
  tx: Tx,
  study: { facilityId: string; headerPatientId: string; headerIssuer: string | null; issuer: string },
  modalities: readonly string[],
  window: { from: Date; to: Date },
): Promise<Candidate[]> =>
  tx.orderExam.findMany({
    where: {
      state: 'scheduled',
      modality: { in: [...modalities] },
      scheduledAt: { gte: window.from, lte: window.to },
      order: {
        requestingFacilityId: study.facilityId,
        state: { in: ['submitted', 'returned'] },
        line: { in: lines },
        patient: {
          identifiers: {
            some: {
              value: study.headerPatientId,
              ...(study.headerIssuer ? { issuer: study.headerIssuer } : {}),
              OR: [{ verified: true }, { issuer: study.issuer }],
            },
          },
        },
      },
    },
    take: 2,
    ...candidate,
  });

/** Whether a number is one of another patient's than this. */
export const isNumberOfAnother = async (tx: Tx, value: string, patientId: string, facilityCode: string) =>
  (await tx.patientIdentifier.count({
    where: {
      value,
      patientId: { not: patientId },
      OR: [{ verified: true }, { issuer: facilityCode }],
      patient: { mergedIntoId: null },
    },
  })) > 0;

export const facilityCode = async (tx: Tx, id: string): Promise<string> =>
  (await tx.facility.findUniqueOrThrow({ where: { id }, select: { code: true } })).code;

/** Orders that a person said these images do not belong to. */
export const refusedExams = async (tx: Tx, studyId: string): Promise<Set<string>> => {
  const items = await tx.quarantineItem.findMany({
    where: { studyId, kind: 'demographics', state: 'rejected', orderExamId: { not: null } },
    select: { orderExamId: true },
  });
  return new Set(items.flatMap(({ orderExamId }) => (orderExamId === null ? [] : [orderExamId])));
};

/** Puts the two identities before a person; there is one such question for a study. */
export async function putIdentityItem(
  tx: Tx,
  study: SettlingStudy,
  orderExamId: string,
  differences: Difference[],
): Promise<string> {
  const { id: studyId, facilityId, studyInstanceUid } = study;
  const before = await tx.quarantineItem.findFirst({ where: openQuestion(studyId), select: { id: true } });
  const data = { orderExamId, differences };
  if (before) await tx.quarantineItem.update({ where: { id: before.id }, data });
  if (before) return before.id;
  const { id } = await tx.quarantineItem.create({
    data: { id: uuid(), kind: 'demographics', facilityId, studyInstanceUid, studyId, ...data },
  });
  return id;
}

const openQuestion = (studyId: string) => ({
  studyId,
  kind: 'demographics',
  state: 'open',
  orderExamId: { not: null },
});

/** Nobody has to answer any more: the identities agree by now, or the order is gone. */
export const closeIdentityItems = (tx: Tx, studyId: string, now: Date, decision: 'agrees-now' | 'no-order') =>
  tx.quarantineItem.updateMany({
    where: openQuestion(studyId),
    data: { state: decision === 'agrees-now' ? 'accepted' : 'rejected', decision, decidedAt: now },
  });

export const changeStudy = async (tx: Tx, id: string, data: Prisma.StudyUncheckedUpdateInput): Promise<number> => {
  const { revision } = await tx.study.update({
    where: { id },
    data: { ...data, revision: { increment: 1 } },
    select: { revision: true },
  });
  return revision;
};

/** @returns false where the order was withdrawn in the meantime; the caller holds the case's lock */
export async function markAcquired(tx: Tx, orderExamId: string): Promise<boolean> {
  const { count } = await tx.orderExam.updateMany({
    where: { id: orderExamId, state: { not: 'cancelled' } },
    data: { state: 'acquired' },
  });
  return count === 1;
}

/** An exam that was offered to the machines again, because its first images were no good, has new ones. */
export const markTakenAgain = (tx: Tx, orderExamId: string) =>
  tx.orderExam.updateMany({ where: { id: orderExamId, state: 'scheduled' }, data: { state: 'acquired' } });
