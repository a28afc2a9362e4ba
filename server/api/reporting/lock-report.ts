import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { admittedTo, type FacilityScope } from '@lianzhen/db/scope.ts';
import { type LockedCase, lockCase } from '../worklist/lock-case.ts';
import * as store from './store.ts';

export interface LockedReport {
  found: LockedCase;
  report: store.ReportFound;
  /** Of whoever was let in to them: good for this act until its answer is made. */
  scope: FacilityScope;
}

/** A report of one's own centres and its case, both as they are until the transaction ends. */
export async function lockReport(tx: Tx, scope: FacilityScope, id: string): Promise<LockedReport> {
  const found = await lockCase(tx, scope, await store.caseIdOf(tx, scope, id));
  return { found, report: await store.read(tx, scope, id), scope: admittedTo(scope, found.id) };
}

/** @throws `stale-revision` where another window wrote in between */
export function assertRevision(report: { revision: number }, expected: number): void {
  if (report.revision !== expected) throw new HubError('stale-revision', { expected, found: report.revision });
}

/** What the images are now: remembered when the writer begins and when he signs. */
export const evidenceOf = ({ order }: LockedCase): Array<{ studyId: string; revision: number }> =>
  order.exams
    .flatMap((exam) => exam.studies)
    .filter(({ state }) => state === 'matched')
    .map(({ id, revision }) => ({ studyId: id, revision }));
