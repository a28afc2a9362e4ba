import { Specialty, specialtyNames } from '@lianzhen/contracts/consultation-experts.ts';
import type { OpinionEvidence } from '@lianzhen/contracts/opinion-evidence.ts';
import { ReportContent, type VersionKind } from '@lianzhen/contracts/reporting.ts';
import { patientOf, type Signer, signerOf } from '../reporting/build-content.ts';
import type { ContentFacts } from './opinion-store.ts';

export interface OpinionFacts {
  reportId: string;
  text: { findings: string; opinion: string; advice: string };
  number: number;
  kind: VersionKind;
  replaces: number | null;
  amendmentReason: string | null;
  consultation: ContentFacts;
  centre: { id: string; name: string } | null;
  /** The facility for which the signer was invited. */
  facility: { id: string; code: string; name: string };
  signer: Signer;
  durationSeconds: number;
  participants: Array<{ name: string; facilityName: string }>;
  evidence: OpinionEvidence | undefined;
  signedAt: Date;
}

/**
 * An opinion as it is signed, in the shape of every report, so that every form and channel takes it. What was done is a
 * consultation: one service under its own number, with the studies that lay before the experts.
 * @throws ZodError where a fact does not have the shape of the contract
 */
export function opinionContent(facts: OpinionFacts): ReportContent {
  const { consultation, facility, text, signer, signedAt } = facts;
  const specialty = Specialty.parse(consultation.specialty);
  return ReportContent.parse({
    schema: 1,
    reportId: facts.reportId,
    versionNumber: facts.number,
    kind: facts.kind,
    replacesVersion: facts.replaces,
    amendmentReason: facts.amendmentReason,
    patient: patientOf(consultation),
    order: orderOf(consultation),
    exams: [
      {
        accessionNumber: consultation.number,
        examCode: `CONSULT-${specialty.toUpperCase()}`,
        examName: `远程会诊（${specialtyNames[specialty].zh}）`,
        ...{ modality: '', bodyPart: '', laterality: null },
        studies: consultation.studies.map(({ study }) => ({
          ...{ studyInstanceUid: study.studyInstanceUid, studyDate: study.studyDate, modalities: study.modalities },
          ...{ seriesCount: study.seriesCount, instanceCount: study.instanceCount, revision: study.revision },
        })),
      },
    ],
    centre: {
      id: facts.centre?.id ?? facility.id,
      name: facts.centre?.name ?? specialtyNames[specialty].zh,
      line: 'consultation',
      facility: { id: facility.id, code: facility.code, name: facility.name },
    },
    consultation: sessionOf(facts, specialtyNames[specialty].zh),
    ...{ findings: text.findings, impression: text.opinion, advice: text.advice },
    ...{ positive: false, critical: false, criticalText: null },
    writer: signerOf(signer),
    submittedAt: signedAt.toISOString(),
    reviewer: null,
    signedAt: signedAt.toISOString(),
  });
}

const orderOf = (one: ContentFacts) => ({
  ...{ id: one.id, number: one.number, placerNumber: null, submittedAt: one.submittedAt.toISOString() },
  ...{ urgency: one.urgency, purpose: one.purpose, history: one.summary },
  ...{ diagnosisCode: '', diagnosisText: one.diagnosisText, department: null, visitNumber: null },
  requester: one.requester.displayName,
  requestingFacility: one.requestingFacility,
});

const sessionOf = (
  { consultation, durationSeconds, participants, signedAt, evidence }: OpinionFacts,
  specialty: string,
) => ({
  ...(evidence ? { evidence } : {}),
  ...{ kind: consultation.kind, specialty, reason: consultation.reason, durationSeconds, participants },
  startedAt: consultation.startedAt?.toISOString() ?? null,
  // Signed while the session still runs: it lasts until now as far as this opinion knows.
  endedAt: consultation.startedAt ? (consultation.endedAt ?? signedAt).toISOString() : null,
  experts: consultation.invitations.flatMap(({ answeredBy, facility }) =>
    answeredBy ? [{ ...signerOf(answeredBy), facilityName: facility.name }] : [],
  ),
});
