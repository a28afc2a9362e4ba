import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, orderInScope, type ReadingScope, studyReadable } from '@lianzhen/db/scope.ts';

const whole = {
  trace: { select: { studyInstanceUid: true, sopInstanceUid: true } },
  facility: { select: { name: true } },
  centre: { select: { name: true, facilityId: true } },
  hops: { orderBy: { number: 'asc' } },
} as const satisfies Prisma.EcgAlarmInclude;
export type AlarmFound = Prisma.EcgAlarmGetPayload<{ include: typeof whole }>;

export const list = (tx: Tx, where: Prisma.EcgAlarmWhereInput, take: number): Promise<AlarmFound[]> =>
  tx.ecgAlarm.findMany({ where, orderBy: [{ raisedAt: 'desc' }, { id: 'desc' }], take, include: whole });

/** Whoever changes an alarm holds this. */
export async function lock(tx: Tx, where: Prisma.EcgAlarmWhereInput, id: string): Promise<AlarmFound | null> {
  await tx.$queryRaw`SELECT 1 FROM "EcgAlarm" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.ecgAlarm.findFirst({ where: { AND: [{ id }, where] }, include: whole });
}

export const readAny = (tx: Tx, id: string): Promise<AlarmFound> =>
  tx.ecgAlarm.findUniqueOrThrow({ where: { id }, include: whole });

export const change = (tx: Tx, id: string, data: Prisma.EcgAlarmUncheckedUpdateInput): Promise<AlarmFound> =>
  tx.ecgAlarm.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, include: whole });

/** Which of these alarms somebody is called to. */
export const idsOf = async (tx: Tx, ids: string[], called: Prisma.EcgAlarmWhereInput): Promise<Set<string>> => {
  const rows = await tx.ecgAlarm.findMany({ where: { AND: [{ id: { in: ids } }, called] }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
};

const ofStudy = {
  studyInstanceUid: true,
  patientId: true,
  headerName: true,
  patient: { select: { name: true } },
  orderExam: {
    select: {
      orderId: true,
      order: {
        select: {
          case: {
            select: {
              id: true,
              consultations: {
                orderBy: { submittedAt: 'desc' },
                take: 1,
                select: { id: true, state: true, scheduledAt: true, endedAt: true },
              },
            },
          },
        },
      },
    },
  },
} as const satisfies Prisma.StudySelect;
export type AlarmStudy = Prisma.StudyGetPayload<{ select: typeof ofStudy }>;

/** The studies of alarms, and which of them the asker may look at. */
export async function studiesOf(tx: Tx, scope: ReadingScope, uids: string[]) {
  const rows = await tx.study.findMany({ where: { studyInstanceUid: { in: uids } }, select: ofStudy });
  const readable = await tx.study.findMany({
    where: { studyInstanceUid: { in: uids }, ...studyReadable(scope) },
    select: { studyInstanceUid: true },
  });
  return {
    studies: new Map(rows.map((row) => [row.studyInstanceUid, row])),
    readable: new Set(readable.map(({ studyInstanceUid }) => studyInstanceUid)),
  };
}

/** Which of these instances are held back, because they name another person than the rest of their study. */
export const heldBack = async (tx: Tx, sopInstanceUids: string[]): Promise<Set<string>> => {
  const where = { sopInstanceUid: { in: sopInstanceUids }, indexError: { not: null } };
  const rows = await tx.instance.findMany({ where, select: { sopInstanceUid: true } });
  return new Set(rows.map(({ sopInstanceUid }) => sopInstanceUid));
};

/** An order that the asker has a part in. */
export const orderInReach = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.order.findFirstOrThrow({
    where: { id, line: 'ecg', ...orderInScope(scope) },
    select: { id: true, patientId: true, requestingFacilityId: true, revision: true, case: { select: { id: true } } },
  });

export const firstContact = (tx: Tx, orderId: string) => tx.ecgFirstContact.findUnique({ where: { orderId } });
export const setFirstContact = (
  tx: Tx,
  data: { orderId: string; firstContactAt: Date; symptomAt: Date | null; byId: string; at: Date },
) => tx.ecgFirstContact.upsert({ where: { orderId: data.orderId }, create: data, update: data });

/** What belongs to the studies that were matched to an order. */
export async function ofOrder(tx: Tx, orderId: string): Promise<Prisma.EcgTraceWhereInput> {
  const studies = await tx.study.findMany({ where: { orderExam: { orderId } }, select: { studyInstanceUid: true } });
  return { studyInstanceUid: { in: studies.map(({ studyInstanceUid }) => studyInstanceUid) } };
}

/** The traces of an order, the first first. */
export async function tracesOfOrder(tx: Tx, orderId: string) {
  return tx.ecgTrace.findMany({
    where: await ofOrder(tx, orderId),
    orderBy: { receivedAt: 'asc' },
    select: { acquiredAt: true, receivedAt: true, alarm: true },
  });
}

export const firstEventAt = async (tx: Tx, caseId: string, kind: string): Promise<Date | null> =>
  (await tx.caseEvent.findFirst({ where: { caseId, kind }, orderBy: { at: 'asc' }, select: { at: true } }))?.at ?? null;
export const firstSignedAt = async (tx: Tx, caseId: string): Promise<Date | null> =>
  (
    await tx.reportVersion.findFirst({
      where: { report: { caseId } },
      orderBy: { signedAt: 'asc' },
      select: { signedAt: true },
    })
  )?.signedAt ?? null;

export const partiesOf = async (tx: Tx, orderId: string): Promise<string[]> => {
  const rows = await tx.orderParty.findMany({ where: { orderId }, select: { facilityId: true } });
  return [...new Set(rows.map(({ facilityId }) => facilityId))];
};
