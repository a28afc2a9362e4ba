import type { ReportBody, ReportView } from '@lianzhen/contracts/reporting.ts';
import type { z } from 'zod';
import { approveReport } from '../../server/api/reporting/approve-report.ts';
import { readReport } from '../../server/api/reporting/read-report.ts';
import { saveDraft } from '../../server/api/reporting/save-draft.ts';
import { submitReport } from '../../server/api/reporting/submit-report.ts';
import { claimCase } from '../../server/api/worklist/claim-case.ts';
import { type DeskDeps, readyCase } from './asking.ts';
import { ctxFor, type GivenAccount } from './callers.ts';
import type { Region } from './region.ts';

type Body = z.output<typeof ReportBody>;

/** A chest without findings, complete enough to be signed. */
export const reportText = (changes: Partial<Body> = {}): Body => ({
  findings: '双肺野清晰，心影大小正常。',
  impression: '心肺膈未见明确异常。',
  advice: '',
  positive: false,
  critical: false,
  criticalText: null,
  templateId: null,
  ecg: null,
  ...changes,
});

/** A report with the token and revision that its next write needs. */
export interface Held {
  report: ReportView;
  signing: { id: string; revision: number; leaseToken: string };
}

/** Somebody opens a case, to read or to review it. */
export async function opened(deps: DeskDeps, by: GivenAccount, caseId: string): Promise<Held> {
  const { leaseToken } = await claimCase(deps, ctxFor(by), { id: caseId });
  const report = await readReport(deps, ctxFor(by), { caseId });
  return { report, signing: { id: report.id, revision: report.revision, leaseToken } };
}

/** The holder's text, saved. */
export async function saved(deps: DeskDeps, by: GivenAccount, held: Held, changes: Partial<Body> = {}): Promise<Held> {
  const report = await saveDraft(deps, ctxFor(by), { ...held.signing, ...reportText(changes) });
  return { report, signing: { ...held.signing, revision: report.revision } };
}

/** Opened, written and saved; not signed. */
export const written = async (
  deps: DeskDeps,
  by: GivenAccount,
  caseId: string,
  changes: Partial<Body> = {},
): Promise<Held> => saved(deps, by, await opened(deps, by, caseId), changes);

/** Written and signed by its writer: the case waits for its reviewer. */
export async function submitted(
  deps: DeskDeps,
  by: GivenAccount,
  caseId: string,
  changes: Partial<Body> = {},
): Promise<ReportView> {
  const { signing } = await written(deps, by, caseId, changes);
  return submitReport(deps, ctxFor(by), signing);
}

/** Opened for review and approved. */
export async function approved(deps: DeskDeps, by: GivenAccount, caseId: string): Promise<ReportView> {
  const { signing } = await opened(deps, by, caseId);
  return approveReport(deps, ctxFor(by), signing);
}

/** The whole way: asked for, written by the resident, approved by the attending. */
export async function signedReport(
  deps: DeskDeps,
  region: Region,
  changes: Partial<Body> = {},
  order: Parameters<typeof readyCase>[2] = {},
): Promise<ReportView> {
  const caseId = await readyCase(deps, region, order);
  await submitted(deps, region.resident, caseId, changes);
  return approved(deps, region.attending, caseId);
}
