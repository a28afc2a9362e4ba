import type { Tx } from '@lianzhen/db/client.ts';
import {
  caseAtDesk,
  consultationInScope,
  type FacilityScope,
  orderInScope,
  patientInScope,
  studyInScope,
} from '@lianzhen/db/scope.ts';

export const patient = (tx: Tx, scope: FacilityScope, id: string) =>
  tx.patient.findFirst({
    where: { id, ...patientInScope(scope) },
    select: { id: true, name: true, mergedIntoId: true, villageId: true },
  });
/** Of these, what this scope may see and what is this patient's. */
export const studies = async (tx: Tx, scope: FacilityScope, patientId: string, ids: string[]): Promise<Set<string>> => {
  const rows = await tx.study.findMany({
    where: { id: { in: ids }, patientId, state: 'matched', ...studyInScope(scope) },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
};
export const orders = (tx: Tx, scope: FacilityScope, patientId: string, ids: string[]) =>
  tx.order.findMany({
    where: { id: { in: ids }, patientId, ...orderInScope(scope) },
    select: { id: true, requestingFacilityId: true, centre: { select: { facilityId: true } } },
  });
export const versions = async (
  tx: Tx,
  scope: FacilityScope,
  patientId: string,
  ids: string[],
): Promise<Set<string>> => {
  const rows = await tx.reportVersion.findMany({
    where: {
      id: { in: ids },
      OR: [
        { report: { case: { order: { patientId, ...orderInScope(scope) } } } },
        { report: { consultation: { patientId, ...consultationInScope(scope) } } },
      ],
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
};
export const caseOfPatient = (tx: Tx, scope: FacilityScope, patientId: string, id: string) =>
  tx.case.findFirst({
    where: { id, order: { patientId }, ...caseAtDesk(scope) },
    select: { id: true },
  });
export const openOfCase = (tx: Tx, caseId: string) =>
  tx.consultation.findFirst({ where: { caseId, closedAt: null }, select: { id: true, number: true } });

/** What a consultation that is made from a case takes along: the newest signed versions of the patient's other reports. */
export const signedBefore = (tx: Tx, scope: FacilityScope, patientId: string, take: number) =>
  tx.reportVersion.findMany({
    where: { replacedBy: null, report: { case: { order: { patientId, ...orderInScope(scope) } } } },
    orderBy: { signedAt: 'desc' },
    take,
    select: { id: true },
  });
export const consentOfOrder = (tx: Tx, orderId: string) => tx.consent.findUnique({ where: { orderId } });
export const draftOfCase = (tx: Tx, caseId: string) =>
  tx.report.findUnique({
    where: { caseId },
    select: { findings: true, impression: true, advice: true },
  });
