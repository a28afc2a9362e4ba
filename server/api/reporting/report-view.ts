import { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { reportWarnings, type StudyRevision } from '@lianzhen/contracts/report-warnings.ts';
import { ReportContent, type ReportView, type VersionRow } from '@lianzhen/contracts/reporting.ts';
import { Signatures } from '@lianzhen/contracts/signatures.ts';
import { isOpenCorrection } from '@lianzhen/contracts/signing-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { lastCorrection } from '../worklist/close-correction.ts';
import type { LockedCase } from '../worklist/lock-case.ts';
import { namePeople } from '../worklist/name-people.ts';
import { evidenceOf } from './lock-report.ts';
import type { ReportFound, SignedFound, VersionFound } from './store.ts';
import * as store from './store.ts';

type Row = z.infer<typeof VersionRow>;
type Names = ReadonlyMap<string, string>;

/** The report on the desk of its centre: what is being written, what was signed, what to look at again. */
export async function deskView(
  tx: Tx,
  found: LockedCase,
  report: ReportFound,
  language: 'zh' | 'en',
): Promise<ReportView> {
  const names = await namePeople(tx, [report.writerId, ...signers(report.versions)]);
  return {
    ...{ id: report.id, caseId: report.caseId, revision: report.revision, templateId: report.templateId },
    ...{ findings: report.findings, impression: report.impression, advice: report.advice },
    ...{ positive: report.positive, critical: report.critical, criticalText: report.criticalText },
    ecg: EcgPart.nullable().parse(report.ecg),
    signatures: Signatures.parse(found.centre.signatures),
    state: report.state as ReportView['state'],
    writerId: report.writerId,
    writerName: report.writerId === null ? null : (names.get(report.writerId) ?? null),
    submittedAt: report.submittedAt?.toISOString() ?? null,
    rejectedReason: report.rejectedReason,
    amendmentReason: report.amendmentReason,
    amendedById: isOpenCorrection(report) ? ((await lastCorrection(tx, found.id))?.byId ?? null) : null,
    versions: report.versions.map((version) => versionRow(version, names)),
    warnings: report.state === 'final' ? [] : warningsOf(found, report, await criticalBefore(tx, report), language),
  };
}

/** The critical text of the version that is out, if it was critical. */
async function criticalBefore(tx: Tx, { versions }: ReportFound): Promise<string | null> {
  const last = versions.at(-1);
  if (!last) return null;
  const { critical, criticalText } = ReportContent.parse(await store.contentOf(tx, last.id));
  return critical ? criticalText : null;
}

function warningsOf(found: LockedCase, report: ReportFound, before: string | null, language: 'zh' | 'en') {
  const { order } = found;
  return reportWarnings(
    {
      ...report,
      criticalBefore: before,
      sex: order.patient.sex,
      exams: order.exams,
      evidence: report.evidence as unknown as StudyRevision[],
      studies: evidenceOf(found),
    },
    language,
  );
}

/** The report as every other party sees it: the latest signed text, and nothing of what is being written. */
export async function signedView(tx: Tx, report: SignedFound): Promise<ReportView> {
  const latest = report.versions.at(-1);
  const content = ReportContent.parse(latest?.content);
  const names = await namePeople(tx, signers(report.versions));
  return {
    ...{ id: report.id, caseId: report.caseId, revision: report.revision, templateId: null },
    ...{ findings: content.findings, impression: content.impression, advice: content.advice },
    ...{ positive: content.positive, critical: content.critical, criticalText: content.criticalText },
    ecg: content.ecg ?? null,
    signatures: content.signedAlone ? 'one' : 'two',
    state: content.kind === 'preliminary' ? 'submitted' : 'final',
    writerId: content.writer.id,
    writerName: content.writer.name,
    submittedAt: content.submittedAt,
    rejectedReason: null,
    amendmentReason: content.amendmentReason,
    amendedById: null,
    versions: report.versions.map((version) => versionRow(version, names)),
    warnings: [],
  };
}

const signers = (versions: readonly VersionFound[]) =>
  versions.flatMap(({ writerId, reviewerId }) => [writerId, reviewerId]);

export const versionRow = (version: VersionFound, names: Names): Row => ({
  id: version.id,
  number: version.number,
  kind: version.kind as Row['kind'],
  contentHash: version.contentHash,
  writerName: names.get(version.writerId) ?? '',
  reviewerName: version.reviewerId === null ? null : (names.get(version.reviewerId) ?? ''),
  signedAt: version.signedAt.toISOString(),
  isReplaced: version.replacedBy !== null,
});
