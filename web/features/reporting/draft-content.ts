import { type ReportLayout, reportLayout } from '@lianzhen/contracts/report-layout.ts';
import type { ReportLanguage } from '@lianzhen/contracts/report-words.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Outputs } from '../../api/client.ts';
import type { Kase, Report } from './panel-props.ts';
import { proposePolarity } from './propose-polarity.ts';
import type { Body } from './report-body.ts';

interface DraftFacts {
  kase: Kase;
  view: Report;
  body: Body;
  order: Outputs['orders']['read'];
  /** Absent where this person may not read the record itself: the numbers are then missing from the preview. */
  patient: Outputs['patients']['read'] | undefined;
  me: { id: string; name: string; title: string | null };
  facility: { id: string; code: string; name: string };
  now: Date;
}

/** What would be signed now, as far as this page can know it. */
export function draftContent({ kase, view, body, order, patient, me, facility, now }: DraftFacts): ReportContent {
  const last = view.versions.findLast(({ isReplaced }) => !isReplaced);
  const hasFinal = view.versions.some(({ kind }) => kind !== 'preliminary');
  const isMine = view.writerId === null || view.writerId === me.id;
  const at = now.toISOString();
  return {
    schema: 1,
    reportId: view.id,
    versionNumber: view.versions.length + 1,
    kind: hasFinal ? 'corrected' : 'final',
    replacesVersion: last?.number ?? null,
    amendmentReason: view.amendmentReason,
    patient: {
      ...kase.patient,
      namePinyin: patient?.namePinyin ?? '',
      identifiers: (patient?.identifiers ?? []).map(({ type, issuer, value }) => ({ type, issuer, value })),
    },
    order: {
      id: order.id,
      number: order.number,
      placerNumber: null,
      submittedAt: order.submittedAt,
      urgency: order.urgency,
      purpose: order.purpose,
      history: order.history,
      diagnosisCode: order.diagnosisCode,
      diagnosisText: order.diagnosisText,
      department: order.department,
      visitNumber: order.visitNumber,
      requester: order.requesterName,
      requestingFacility: { ...order.requestingFacility, code: '' },
    },
    exams: order.exams.map((exam) => ({
      accessionNumber: exam.accessionNumber,
      examCode: exam.examCode,
      examName: exam.examName,
      modality: exam.modality,
      bodyPart: exam.bodyPart,
      laterality: exam.laterality,
      studies: exam.studies.map((study) => studyOf(study, kase)),
    })),
    centre: { id: kase.centreId, name: order.centreName, line: kase.line, facility },
    ...(body.ecg ? { ecg: body.ecg } : {}),
    findings: body.findings,
    impression: body.impression,
    advice: body.advice,
    positive: body.positive ?? proposePolarity(body.impression) ?? true,
    critical: body.critical,
    criticalText: body.critical ? body.criticalText : null,
    writer: isMine ? signer(me) : signer({ id: view.writerId ?? '', name: view.writerName ?? '', title: null }),
    submittedAt: view.submittedAt ?? at,
    reviewer: isMine ? null : signer(me),
    signedAt: at,
  };
}

const signer = (person: { id: string; name: string; title: string | null }) => ({ ...person, licenceNumber: null });

function studyOf(study: DraftFacts['order']['exams'][number]['studies'][number], kase: Kase) {
  const seen = kase.studies.find(({ studyInstanceUid }) => studyInstanceUid === study.studyInstanceUid);
  return {
    studyInstanceUid: study.studyInstanceUid,
    studyDate: seen?.studyDate ?? null,
    modalities: seen?.modalities ?? [],
    seriesCount: study.seriesCount,
    instanceCount: study.instanceCount,
    revision: seen?.revision ?? 1,
  };
}

/** Laid out as the signed version will be, without what only a signature gives: its time, its number, its hash. */
export function draftLayout(content: ReportContent, language: ReportLanguage, mark: string): ReportLayout {
  const layout = reportLayout(content, language);
  const sections = layout.sections
    .filter(({ key }) => key !== 'version')
    .map((section) =>
      section.key === 'signatures' && section.kind === 'facts'
        ? { ...section, facts: section.facts.filter(({ key }) => key !== 'signedAt') }
        : section,
    );
  return { ...layout, mark, sections };
}
