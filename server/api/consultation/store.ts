import type { ConsultationEventKind } from '@lianzhen/contracts/consultation-events.ts';
import { mostAhead } from '@lianzhen/contracts/fields.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { likeText } from '@lianzhen/db/like-text.ts';
import { consultationInScope, type FacilityScope } from '@lianzhen/db/scope.ts';

const named = { select: { id: true, code: true, name: true, timeZone: true } } as const;
const person = { select: { id: true, displayName: true, title: true } } as const;
const whole = {
  patient: { select: { id: true, name: true, sex: true, birthDate: true } },
  requestingFacility: named,
  requester: person,
  parties: { include: { facility: named } },
  invitations: { orderBy: { id: 'asc' }, include: { facility: named, expert: person, answeredBy: person } },
} as const satisfies Prisma.ConsultationInclude;
export type ConsultationFound = Prisma.ConsultationGetPayload<{ include: typeof whole }>;
export type InvitationFound = ConsultationFound['invitations'][number];

export const read = (tx: Tx, scope: FacilityScope, id: string): Promise<ConsultationFound> =>
  tx.consultation.findFirstOrThrow({ where: { id, ...consultationInScope(scope) }, include: whole });
/** For what the hub itself does: a room's facts, a guest's number. */
export const readAny = (tx: Tx, id: string): Promise<ConsultationFound> =>
  tx.consultation.findUniqueOrThrow({ where: { id }, include: whole });

const lockRow = (tx: Tx, id: string) => tx.$queryRaw`SELECT 1 FROM "Consultation" WHERE "id" = ${id}::uuid FOR UPDATE`;
/** Every change of a consultation, its invitations and its opinion goes through this lock, so that they see each other. */
export async function lock(tx: Tx, scope: FacilityScope, id: string): Promise<ConsultationFound> {
  // Who may not see it does not keep others waiting either.
  await read(tx, scope, id);
  await lockRow(tx, id);
  return read(tx, scope, id);
}
export async function lockAny(tx: Tx, id: string): Promise<ConsultationFound> {
  await lockRow(tx, id);
  return readAny(tx, id);
}

/** The ids of those, of any facility, that have the text in their number. */
export const numbered = async (tx: Tx, text: string, take: number): Promise<string[]> => {
  const where = { number: { contains: likeText(text), mode: 'insensitive' } } as const;
  const rows = await tx.consultation.findMany({ where, select: { id: true }, take });
  return rows.map((row) => row.id);
};
export const page = async (tx: Tx, where: Prisma.ConsultationWhereInput, skip: number, take: number) => {
  const orderBy: Prisma.ConsultationOrderByWithRelationInput[] = [{ submittedAt: 'desc' }, { id: 'desc' }];
  const rows = await tx.consultation.findMany({ where, orderBy, skip, take, include: whole });
  return { rows, total: await tx.consultation.count({ where, orderBy, take: skip + take + mostAhead }) };
};

/** What only the open case shows. */
export const details = async (tx: Tx, id: string) => ({
  consent: await tx.consultationConsent.findUnique({ where: { consultationId: id } }),
  supplements: await tx.consultationSupplement.findMany({
    where: { consultationId: id },
    orderBy: { at: 'asc' },
    take: 100,
  }),
  guests: await tx.guestLink.findMany({ where: { consultationId: id }, orderBy: { createdAt: 'asc' }, take: 100 }),
  studies: await tx.consultationStudy.findMany({
    where: { consultationId: id },
    take: 200,
    include: {
      study: {
        select: {
          ...{ id: true, studyInstanceUid: true, description: true, modalities: true, studyDate: true },
          ...{ seriesCount: true, instanceCount: true, revision: true },
        },
      },
    },
  }),
  orders: await tx.consultationOrder.findMany({
    where: { consultationId: id },
    take: 100,
    include: { order: { select: { id: true, number: true, exams: { select: { examName: true } } } } },
  }),
  versions: await tx.consultationVersion.findMany({
    where: { consultationId: id },
    take: 100,
    include: { version: { select: { id: true, number: true, signedAt: true, content: true } } },
  }),
});
export type Details = Awaited<ReturnType<typeof details>>;

export const insert = (tx: Tx, data: Prisma.ConsultationUncheckedCreateInput) =>
  tx.consultation.create({ data, select: { id: true } });
export const change = (tx: Tx, id: string, data: Prisma.ConsultationUncheckedUpdateInput) =>
  tx.consultation.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, select: { revision: true } });
export interface EventRow {
  kind: ConsultationEventKind;
  at: Date;
  byId: string | null;
  byName: string | null;
  reason: string | null;
}
export const addEvent = (tx: Tx, consultationId: string, event: EventRow) =>
  tx.consultationEvent.create({ data: { consultationId, ...event } });
export const events = (tx: Tx, consultationId: string) =>
  tx.consultationEvent.findMany({ where: { consultationId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 1000 });

export const addInvitations = (tx: Tx, data: Prisma.ConsultationInvitationCreateManyInput[]) =>
  tx.consultationInvitation.createMany({ data });
export const changeInvitation = (tx: Tx, id: string, data: Prisma.ConsultationInvitationUncheckedUpdateInput) =>
  tx.consultationInvitation.update({ where: { id }, data });
export const changeInvitations = (tx: Tx, ids: string[], data: Prisma.ConsultationInvitationUncheckedUpdateManyInput) =>
  tx.consultationInvitation.updateMany({ where: { id: { in: ids } }, data });

export const supersedeOpen = (tx: Tx, consultationId: string) =>
  tx.consultationInvitation.updateMany({
    where: { consultationId, state: { in: ['waiting', 'time-proposed', 'supplement-asked'] } },
    data: { state: 'superseded' },
  });

export const addParty = (tx: Tx, consultationId: string, facilityId: string, part: string) =>
  tx.consultationParty.upsert({
    where: { consultationId_facilityId: { consultationId, facilityId } },
    create: { consultationId, facilityId, part },
    update: { part, until: null },
  });
export const endParty = (tx: Tx, consultationId: string, facilityId: string, until: Date) =>
  tx.consultationParty.update({
    where: { consultationId_facilityId: { consultationId, facilityId } },
    data: { until },
  });
/** Whether a facility has a part in one of the attached orders: then it stays linked, invited or not. */
export const isPartyOfAttached = async (tx: Tx, consultationId: string, facilityId: string): Promise<boolean> =>
  (await tx.consultationOrder.count({
    where: { consultationId, order: { parties: { some: { facilityId } } } },
  })) > 0;

export const attach = async (
  tx: Tx,
  consultationId: string,
  found: { studyIds: string[]; orderIds: string[]; versionIds: string[] },
): Promise<void> => {
  const of = <K extends string>(field: K, ids: string[]) =>
    ids.map((id) => ({ consultationId, [field]: id }) as { consultationId: string } & Record<K, string>);
  await tx.consultationStudy.createMany({ data: of('studyId', found.studyIds), skipDuplicates: true });
  await tx.consultationOrder.createMany({ data: of('orderId', found.orderIds), skipDuplicates: true });
  await tx.consultationVersion.createMany({ data: of('versionId', found.versionIds), skipDuplicates: true });
};
export const addSupplement = (tx: Tx, data: Prisma.ConsultationSupplementUncheckedCreateInput) =>
  tx.consultationSupplement.create({ data });
export const countSupplements = (tx: Tx, consultationId: string) =>
  tx.consultationSupplement.count({ where: { consultationId } });
export const hasConsent = async (tx: Tx, consultationId: string): Promise<boolean> =>
  (await tx.consultationConsent.count({ where: { consultationId } })) > 0;

export const openSession = (tx: Tx, consultationId: string) =>
  tx.consultationSession.findFirst({ where: { consultationId, endedAt: null } });
export const beginSession = (tx: Tx, consultationId: string, startedAt: Date) =>
  tx.consultationSession.create({ data: { consultationId, startedAt } });
export const endSessions = (tx: Tx, consultationId: string, endedAt: Date) =>
  tx.consultationSession.updateMany({ where: { consultationId, endedAt: null }, data: { endedAt } });

/** The newest signed version of its opinion. */
export const latestVersion = (tx: Tx, consultationId: string) =>
  tx.reportVersion.findFirst({
    where: { report: { consultationId }, replacedBy: null },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
