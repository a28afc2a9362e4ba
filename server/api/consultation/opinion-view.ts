import type { OpinionView } from '@lianzhen/contracts/consultation.ts';
import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { versionRow } from '../reporting/report-view.ts';
import { namePeople } from '../worklist/name-people.ts';
import * as store from './opinion-store.ts';

const nothing = { findings: '', opinion: '', advice: '' };

/** Before somebody begins to write. */
const unwritten: OpinionView = {
  ...nothing,
  ...{ reportId: null, state: 'draft', revision: 1, writerId: null, writerName: null, correctionReason: null },
  versions: [],
};

/** @param isDesk whether this person writes it; everybody else sees what was signed and nothing of what is being written */
export async function opinionView(tx: Tx, report: store.OpinionFound | null, isDesk: boolean): Promise<OpinionView> {
  if (!report) return unwritten;
  const names = await namePeople(tx, [report.writerId, ...report.versions.map(({ writerId }) => writerId)]);
  const text = isDesk
    ? { findings: report.findings, opinion: report.impression, advice: report.advice }
    : await signedText(tx, report);
  return {
    ...text,
    reportId: report.id,
    state: report.state === 'final' || (!isDesk && report.versions.length > 0) ? 'final' : 'draft',
    revision: report.revision,
    writerId: report.writerId,
    writerName: report.writerId === null ? null : (names.get(report.writerId) ?? null),
    correctionReason: isDesk ? report.amendmentReason : null,
    versions: report.versions.map((version) => versionRow(version, names)),
  };
}

export async function signedText(tx: Tx, { versions }: store.OpinionFound) {
  const last = versions.at(-1);
  if (!last) return nothing;
  const { findings, impression, advice } = ReportContent.parse(await store.contentOf(tx, last.id));
  return { findings, opinion: impression, advice };
}
