import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { caseAtDesk, type FacilityScope, orderInScope, versionInScope } from '@lianzhen/db/scope.ts';

/** The correction of the patient that counts, if there was one. */
export const latestCorrection = { orderBy: { number: 'desc' }, take: 1 } as const;
const versionRow = {
  id: true,
  number: true,
  kind: true,
  contentHash: true,
  writerId: true,
  reviewerId: true,
  signedAt: true,
  replacedBy: { select: { number: true } },
} as const satisfies Prisma.ReportVersionSelect;
const whole = { versions: { orderBy: { number: 'asc' }, select: versionRow } } as const satisfies Prisma.ReportInclude;
type ReportRow = Prisma.ReportGetPayload<{ include: typeof whole }>;
/** A report of a case; a consultation's opinion is written elsewhere. */
export type ReportFound = ReportRow & { caseId: string };
export type VersionFound = ReportFound['versions'][number];

const atDesk = (scope: FacilityScope) => ({ case: caseAtDesk(scope) });

function onCase<R extends { caseId: string | null }>(report: R): R & { caseId: string } {
  const { caseId } = report;
  if (caseId === null) throw new HubError('not-found');
  return { ...report, caseId };
}

/** The case that a report of one's own centres belongs to. */
export const caseIdOf = async (tx: Tx, scope: FacilityScope, id: string): Promise<string> =>
  onCase(await tx.report.findFirstOrThrow({ where: { id, ...atDesk(scope) }, select: { caseId: true } })).caseId;
export const read = async (tx: Tx, scope: FacilityScope, id: string): Promise<ReportFound> =>
  onCase(await tx.report.findFirstOrThrow({ where: { id, ...atDesk(scope) }, include: whole }));
export const ofCase = async (tx: Tx, scope: FacilityScope, caseId: string): Promise<ReportFound | null> => {
  const found = await tx.report.findFirst({ where: { caseId, ...atDesk(scope) }, include: whole });
  return found && onCase(found);
};

/** A case for any facility with a part in its order, and where it is read. */
export const caseOfParty = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.case.findFirstOrThrow({
    where: { id, order: orderInScope(scope) },
    select: { id: true, order: { select: { patientId: true } }, centre: { select: { facilityId: true } } },
  });
/** What was signed of a report, with the latest content: all that a party sees. */
export const signedOfCase = async (tx: Tx, scope: FacilityScope, caseId: string) => {
  const found = await tx.report.findFirst({
    where: { caseId, versions: { some: {} }, case: { order: orderInScope(scope) } },
    include: { versions: { orderBy: { number: 'asc' }, select: { ...versionRow, content: true } } },
  });
  return found && onCase(found);
};
export type SignedFound = NonNullable<Awaited<ReturnType<typeof signedOfCase>>>;

/** The first look of a reader begins the report; two looks at once begin one. */
export const begin = (tx: Tx, caseId: string, evidence: Prisma.InputJsonArray) =>
  tx.report.createMany({ data: [{ caseId, evidence }], skipDuplicates: true });
export const change = async (tx: Tx, id: string, data: Prisma.ReportUncheckedUpdateInput): Promise<ReportFound> =>
  onCase(await tx.report.update({ where: { id }, data: { ...data, revision: { increment: 1 } }, include: whole }));

const known = { select: { id: true, patientId: true, number: true } } as const;
const subject = { case: { select: { order: known } }, consultation: known } as const satisfies Prisma.ReportSelect;

export const insertVersion = (tx: Tx, data: Prisma.ReportVersionUncheckedCreateInput) =>
  tx.reportVersion.create({ data, select: versionRow });
export const version = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.reportVersion.findFirstOrThrow({
    where: { id, ...versionInScope(scope) },
    select: {
      ...versionRow,
      content: true,
      documents: { where: { form: 'pdf' }, select: { blob: true, size: true, correction: true } },
      corrections: latestCorrection,
      report: { select: subject },
    },
  });

/** Whose a report is, and the number that people know it by: its order's, or its consultation's. */
export function subjectOf(report: Prisma.ReportGetPayload<{ select: typeof subject }>) {
  const found = report.case?.order ?? report.consultation;
  if (!found) throw new HubError('internal', { why: 'a report of nothing' });
  return found;
}

/** The PDF that names the patient who counts now. */
export const currentPdf = ({ documents, corrections }: Awaited<ReturnType<typeof version>>) =>
  documents.find(({ correction }) => correction === (corrections[0]?.number ?? 0));

export const contentOf = async (tx: Tx, versionId: string): Promise<unknown> =>
  (await tx.reportVersion.findUniqueOrThrow({ where: { id: versionId }, select: { content: true } })).content;

export const account = (tx: Tx, id: string) =>
  tx.account.findUniqueOrThrow({
    where: { id },
    select: { id: true, displayName: true, title: true, licenceNumber: true },
  });

export const personOfContent = {
  include: { identifiers: { orderBy: { createdAt: 'asc' } } },
} as const satisfies Prisma.PatientDefaultArgs;
const contentFacts = {
  patient: personOfContent,
  requestingFacility: { select: { id: true, code: true, name: true } },
  centre: {
    select: { id: true, name: true, line: true, facility: { select: { id: true, code: true, name: true } } },
  },
  exams: {
    where: { state: { not: 'cancelled' } },
    orderBy: { accessionNumber: 'asc' },
    include: { studies: { where: { state: 'matched' }, orderBy: { studyInstanceUid: 'asc' } } },
  },
} as const satisfies Prisma.OrderInclude;
/** Everything of an order that a signed version repeats, so that it is complete in itself. */
export const orderOfContent = (tx: Tx, orderId: string) =>
  tx.order.findUniqueOrThrow({ where: { id: orderId }, include: contentFacts });
export type OrderOfContent = Awaited<ReturnType<typeof orderOfContent>>;

/** Which instance a trace is, and of which study. */
export const trace = (tx: Tx, id: string) =>
  tx.ecgTrace.findUnique({ where: { id }, select: { sopInstanceUid: true, studyInstanceUid: true } });
