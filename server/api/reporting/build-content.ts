import { ReportContent, type VersionKind } from '@lianzhen/contracts/reporting.ts';
import type { CompleteText } from './assert-complete.ts';
import type { OrderOfContent } from './store.ts';

export interface Signer {
  id: string;
  displayName: string;
  title: string | null;
  licenceNumber: string | null;
}
export interface ContentFacts {
  report: CompleteText & { submittedAt: Date };
  order: OrderOfContent;
  /** Display name of the asking doctor; none where a hospital's system asked. */
  requester: string | null;
  number: number;
  kind: VersionKind;
  replaces: number | null;
  amendmentReason: string | null;
  writer: Signer;
  reviewer: Signer | null;
  signedAlone?: boolean;
  signedAt: Date;
}

/**
 * The whole of what is signed, complete in itself: later changes of the patient, the order or a person change nothing.
 * @throws ZodError where a fact does not have the shape of the contract
 */
export function buildContent(facts: ContentFacts): ReportContent {
  const { report, order, reviewer } = facts;
  return ReportContent.parse({
    schema: 1,
    reportId: report.id,
    versionNumber: facts.number,
    kind: facts.kind,
    replacesVersion: facts.replaces,
    amendmentReason: facts.amendmentReason,
    patient: patientOf(order),
    order: orderOf(order, facts.requester),
    exams: order.exams.map(examOf),
    centre: order.centre,
    ...(report.ecg ? { ecg: report.ecg } : {}),
    findings: report.findings,
    impression: report.impression,
    advice: report.advice,
    positive: report.positive,
    critical: report.critical,
    criticalText: report.critical ? report.criticalText : null,
    writer: signerOf(facts.writer),
    submittedAt: report.submittedAt.toISOString(),
    reviewer: reviewer && signerOf(reviewer),
    ...(facts.signedAlone ? { signedAlone: true } : {}),
    signedAt: facts.signedAt.toISOString(),
  });
}

export const signerOf = ({ id, displayName: name, title, licenceNumber }: Signer) => ({
  id,
  name,
  title,
  licenceNumber,
});

/** Whose it is, as the register knows him now. */
export const patientOf = ({ patient }: Pick<OrderOfContent, 'patient'>) => ({
  id: patient.id,
  name: patient.name,
  namePinyin: patient.namePinyin,
  sex: patient.sex,
  birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
  identifiers: patient.identifiers.map(({ type, issuer, value }) => ({ type, issuer, value })),
});

const orderOf = (order: OrderOfContent, requester: string | null) => ({
  id: order.id,
  number: order.number,
  placerNumber: order.placerNumber,
  submittedAt: order.submittedAt.toISOString(),
  urgency: order.urgency,
  purpose: order.purpose,
  history: order.history,
  diagnosisCode: order.diagnosisCode,
  diagnosisText: order.diagnosisText,
  department: order.department,
  visitNumber: order.visitNumber,
  requester,
  requestingFacility: order.requestingFacility,
});

const examOf = (exam: OrderOfContent['exams'][number]) => ({
  accessionNumber: exam.accessionNumber,
  examCode: exam.examCode,
  examName: exam.examName,
  modality: exam.modality,
  bodyPart: exam.bodyPart,
  laterality: exam.laterality,
  studies: exam.studies.map((study) => ({
    studyInstanceUid: study.studyInstanceUid,
    studyDate: study.studyDate,
    modalities: study.modalities,
    seriesCount: study.seriesCount,
    instanceCount: study.instanceCount,
    revision: study.revision,
  })),
});
