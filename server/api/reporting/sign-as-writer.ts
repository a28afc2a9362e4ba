import { HubError } from '@lianzhen/contracts/errors.ts';
import { reportTransitions } from '@lianzhen/contracts/reporting.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import { requireHold } from '../worklist/hold-case.ts';
import { assertComplete, type CompleteText } from './assert-complete.ts';
import { assertRevision, evidenceOf, type LockedReport } from './lock-report.ts';
import { textHash } from './report-hash.ts';
import * as store from './store.ts';

export interface Signing {
  id: string;
  revision: number;
  leaseToken: string;
}
export type Submitted = store.ReportFound & CompleteText & { submittedAt: Date; writerId: string };

/** The same person's signature a second time: the click was repeated, or its answer was lost. */
export const isSubmittedBy = ({ report }: LockedReport, { accountId }: Person): boolean =>
  report.state === 'submitted' && report.writerId === accountId;

/**
 * The writer's signature: binds person, time and text, and remembers which images he had before him.
 * @throws `lease-lost`, `stale-revision`, `wrong-state`, `bad-input` naming what is missing
 */
export async function signAsWriter(
  tx: Tx,
  { found, report }: LockedReport,
  person: Person,
  input: Signing,
  now: Date,
): Promise<Submitted> {
  requireHold(found, person, input.leaseToken, now, 'read');
  assertRevision(report, input.revision);
  assertTransition(reportTransitions, report.state, 'submitted');
  assertComplete(report);
  const submitted = await store.change(tx, report.id, {
    state: 'submitted',
    writerId: person.accountId,
    submittedAt: now,
    submittedHash: textHash(report),
    rejectedReason: null,
    evidence: evidenceOf(found),
  });
  return asSubmitted(submitted);
}

/** @throws `wrong-state` where there is no writer's signature, or the text is not the one he signed */
export function asSubmitted(report: store.ReportFound): Submitted {
  assertComplete(report);
  const { submittedAt, writerId, submittedHash } = report;
  if (!submittedAt || !writerId || submittedHash !== textHash(report))
    throw new HubError('wrong-state', { state: report.state, expected: 'the text that the writer signed' });
  return { ...report, submittedAt, writerId };
}
