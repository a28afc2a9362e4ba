import type { Prisma, Tx } from '@lianzhen/db/client.ts';

const versionRow = {
  ...{ id: true, number: true, kind: true, contentHash: true, writerId: true, reviewerId: true, signedAt: true },
  replacedBy: { select: { number: true } },
} as const satisfies Prisma.ReportVersionSelect;
const whole = { versions: { orderBy: { number: 'asc' }, select: versionRow } } as const satisfies Prisma.ReportInclude;
export type OpinionFound = Prisma.ReportGetPayload<{ include: typeof whole }>;

export const find = (tx: Tx, consultationId: string): Promise<OpinionFound | null> =>
  tx.report.findUnique({ where: { consultationId }, include: whole });
/** The first word of somebody begins the opinion; two at once begin one. */
export const begin = async (tx: Tx, consultationId: string): Promise<OpinionFound> => {
  await tx.report.createMany({ data: [{ consultationId }], skipDuplicates: true });
  return tx.report.findUniqueOrThrow({ where: { consultationId }, include: whole });
};
export const change = (tx: Tx, id: string, data: Prisma.ReportUncheckedUpdateInput): Promise<OpinionFound> =>
  tx.report.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, include: whole });
export const contentOf = async (tx: Tx, versionId: string): Promise<unknown> =>
  (await tx.reportVersion.findUniqueOrThrow({ where: { id: versionId }, select: { content: true } })).content;
export const insertVersion = (tx: Tx, data: Prisma.ReportVersionUncheckedCreateInput) =>
  tx.reportVersion.create({ data, select: { id: true, number: true, contentHash: true } });

const account = { select: { id: true, displayName: true, title: true, licenceNumber: true } } as const;
/** Everything of a consultation that its signed opinion repeats, so that it is complete in itself. */
export const contentFacts = (tx: Tx, id: string) =>
  tx.consultation.findUniqueOrThrow({
    where: { id },
    include: {
      patient: { include: { identifiers: { orderBy: { createdAt: 'asc' } } } },
      requestingFacility: { select: { id: true, code: true, name: true } },
      requester: account,
      studies: { include: { study: true }, orderBy: { studyId: 'asc' } },
      invitations: {
        where: { state: 'accepted' },
        orderBy: { answeredAt: 'asc' },
        include: { answeredBy: account, facility: { select: { id: true, code: true, name: true } } },
      },
    },
  });
export type ContentFacts = Awaited<ReturnType<typeof contentFacts>>;

/** The centre of a facility for consultations, where it has one; the facility itself stands for it elsewhere. */
export const consultationCentre = (tx: Tx, facilityId: string) =>
  tx.centre.findFirst({ where: { facilityId, line: 'consultation' }, select: { id: true, name: true } });
export const writer = (tx: Tx, id: string) => tx.account.findUniqueOrThrow({ where: { id }, ...account });

/** The results of an opinion that lie unread in the inboxes of some facilities. */
export const markRead = (tx: Tx, versionId: string, facilityIds: string[], read: { readAt: Date; readById: string }) =>
  tx.delivery.updateMany({
    where: { versionId, facilityId: { in: facilityIds }, readAt: null, destination: { kind: 'inbox' } },
    data: { ...read, revision: { increment: 1 } },
  });
