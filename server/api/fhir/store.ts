import type { Db, Prisma, Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';

export interface ReportFilter {
  reportId?: string;
  /** An exam of the order: what a system knows as its ServiceRequest. */
  requestId?: string;
  patientId?: string;
  patientNumber?: Prisma.PatientIdentifierWhereInput;
  /** By a number of its order or of its consultation. */
  numbered?: { order: Prisma.OrderWhereInput; consultations: string[] };
  kind?: string;
  signedFrom?: Date;
  signedBefore?: Date;
}

/** Of an order or of a consultation: each is known by its patient and its numbers. */
function ofSubject({ requestId, patientId, patientNumber, numbered }: ReportFilter): Prisma.ReportVersionWhereInput {
  const patient = patientNumber ? { identifiers: { some: patientNumber } } : undefined;
  const exams = requestId ? { some: { id: requestId } } : undefined;
  const order = { case: { order: { patientId, patient, exams, AND: numbered?.order } } };
  if (requestId) return { report: order };
  return {
    report: {
      OR: [order, { consultation: { patientId, patient, number: numbered && { in: numbered.consultations } } }],
    },
  };
}

export const timeZoneOf = async (db: Db, facilityId: string): Promise<string> =>
  (await db.facility.findUniqueOrThrow({ where: { id: facilityId }, select: { timeZone: true } })).timeZone;

/** The newest version of every result that was planned for one of the facilities. */
const where = (scope: FacilityScope, filter: ReportFilter): Prisma.ReportVersionWhereInput => ({
  replacedBy: null,
  reportId: filter.reportId,
  kind: filter.kind,
  signedAt: { gte: filter.signedFrom, lt: filter.signedBefore },
  deliveries: { some: { facilityId: { in: scope.facilityIds } } },
  ...ofSubject(filter),
});
const withBundle = {
  documents: { where: { form: 'fhir-bundle' }, orderBy: { correction: 'desc' }, take: 1 },
  corrections: { select: { number: true, correctedAt: true }, orderBy: { number: 'desc' }, take: 1 },
  report: {
    select: {
      case: {
        select: { order: { select: { patientId: true, exams: { select: { id: true, accessionNumber: true } } } } },
      },
      consultation: { select: { patientId: true } },
    },
  },
} as const satisfies Prisma.ReportVersionInclude;

export const versions = (tx: Tx, scope: FacilityScope, filter: ReportFilter, skip: number, take: number) =>
  tx.reportVersion.findMany({
    where: where(scope, filter),
    include: withBundle,
    orderBy: [{ signedAt: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
export const countVersions = (tx: Tx, scope: FacilityScope, filter: ReportFilter) =>
  tx.reportVersion.count({ where: where(scope, filter) });
export type VersionRecord = Awaited<ReturnType<typeof versions>>[number];
