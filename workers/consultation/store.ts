import type { ConsultationEventKind } from '@lianzhen/contracts/consultation-events.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';

const withParts = {
  parties: { select: { facilityId: true, until: true } },
  invitations: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.ConsultationInclude;
export type ConsultationFound = Prisma.ConsultationGetPayload<{ include: typeof withParts }>;
export type InvitationFound = ConsultationFound['invitations'][number];

const ids = (rows: ReadonlyArray<{ id: string }>): string[] => rows.map(({ id }) => id);
const one = { id: true } as const;

/** Consultations with an answer that was owed by now and is still out. */
export const withOverdue = async (tx: Tx, now: Date, take: number): Promise<string[]> => {
  const rows = await tx.consultationInvitation.findMany({
    where: { state: 'waiting', dueAt: { lt: now }, overdueAt: null, consultation: { closedAt: null } },
    orderBy: { dueAt: 'asc' },
    take,
    select: { consultationId: true },
  });
  return [...new Set(rows.map(({ consultationId }) => consultationId))];
};
export const soonDue = async (tx: Tx, from: Date, to: Date, take: number): Promise<string[]> =>
  ids(
    await tx.consultation.findMany({
      where: { state: 'scheduled', scheduledAt: { gt: from, lte: to } },
      orderBy: { scheduledAt: 'asc' },
      take,
      select: one,
    }),
  );
/** Nobody came: an hour that is over, or an immediate one that was accepted long ago. */
export const perhapsMissed = async (
  tx: Tx,
  before: { appointment: Date; immediate: Date },
  take: number,
): Promise<string[]> =>
  ids(
    await tx.consultation.findMany({
      where: {
        OR: [
          { state: 'scheduled', scheduledAt: { lt: before.appointment } },
          { state: 'accepted', acceptedAt: { lt: before.immediate } },
        ],
      },
      take,
      select: one,
    }),
  );
export const owedOpinions = async (tx: Tx, now: Date, take: number): Promise<string[]> =>
  ids(
    await tx.consultation.findMany({
      where: { state: 'opinion-due', opinionDueAt: { lt: now }, opinionRemindedAt: null },
      take,
      select: one,
    }),
  );
export const longOver = async (tx: Tx, before: Date, take: number): Promise<string[]> =>
  ids(
    await tx.consultation.findMany({
      where: {
        state: { in: ['acknowledged', 'declined', 'cancelled', 'missed', 'terminated'] },
        closedAt: { lt: before },
      },
      take,
      select: one,
    }),
  );

/** The consultation, locked, unless somebody is changing it at this moment: then the next sweep comes back to it. */
export async function lockIfFree(tx: Tx, id: string): Promise<ConsultationFound | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Consultation" WHERE "id" = ${id}::uuid FOR UPDATE SKIP LOCKED`;
  if (rows.length === 0) return null;
  return tx.consultation.findUnique({ where: { id }, include: withParts });
}

export interface Told {
  kind: ConsultationEventKind;
  at: Date;
  byId?: string | null;
  byName?: string | null;
  reason?: string | null;
}
export const addEvent = (tx: Tx, consultationId: string, told: Told) =>
  tx.consultationEvent.create({ data: { consultationId, ...told } });

/** Changes a locked consultation, writes its ledger and tells every party, and by name those concerned. */
export async function change(
  tx: Tx,
  found: ConsultationFound,
  data: Prisma.ConsultationUncheckedUpdateInput,
  told: readonly Told[],
): Promise<void> {
  const { revision } = await tx.consultation.update({
    where: { id: found.id },
    data: { ...data, revision: { increment: 1 } },
    select: { revision: true },
  });
  for (const event of told) await addEvent(tx, found.id, event);
  const facilityIds = found.parties.filter(({ until }) => until === null).map(({ facilityId }) => facilityId);
  const people = found.invitations.flatMap(({ expertId, answeredById }) => [expertId, answeredById]);
  const accountIds = [...new Set([found.requesterId, ...people.filter((id) => id !== null)])];
  await emit(tx, { topic: 'consultation', id: found.id, revision, facilityIds, accountIds });
}

export const markOverdue = (tx: Tx, id: string, overdueAt: Date) =>
  tx.consultationInvitation.update({ where: { id }, data: { overdueAt } });
export const addInvitation = (tx: Tx, data: Prisma.ConsultationInvitationUncheckedCreateInput) =>
  tx.consultationInvitation.create({ data });
export const supersede = (tx: Tx, consultationId: string) =>
  tx.consultationInvitation.updateMany({
    where: { consultationId, state: { in: ['waiting', 'time-proposed', 'supplement-asked'] } },
    data: { state: 'superseded' },
  });

/** Experts of a facility who might be asked instead, with what the rules of inviting look at. */
export const expertsAt = (tx: Tx, facilityId: string, specialty: string, roles: string[]) =>
  tx.expertProfile.findMany({
    where: {
      ...{ facilityId, specialty, isListed: true },
      account: { disabledAt: null, roles: { some: { facilityId, role: { in: roles } } } },
    },
    orderBy: { accountId: 'asc' },
    include: {
      account: { select: { id: true, displayName: true, title: true, licenceNumber: true } },
      facility: { select: { timeZone: true } },
    },
  });

/** Which sides had a seat in the room at any time. */
export const rolesSeen = async (tx: Tx, consultationId: string): Promise<string[]> => {
  const seats = await tx.roomSeat.findMany({
    where: { consultationId, admittedAt: { not: null } },
    select: { role: true },
  });
  return seats.map(({ role }) => role);
};
/** The case that it was made from looks again, and says that the consultation is over. */
export async function tellCase(tx: Tx, caseId: string, at: Date): Promise<void> {
  const { revision, order } = await tx.case.update({
    where: { id: caseId },
    data: { revision: { increment: 1 } },
    select: { revision: true, order: { select: { parties: { select: { facilityId: true } } } } },
  });
  await tx.caseEvent.create({ data: { caseId, kind: 'consultation-over', at } });
  const facilityIds = [...new Set(order.parties.map(({ facilityId }) => facilityId))];
  await emit(tx, { topic: 'case', id: caseId, revision, facilityIds });
}
