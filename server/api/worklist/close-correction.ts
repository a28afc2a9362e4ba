import { dueAfter } from '@lianzhen/contracts/lease-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import { endHold } from './hold-case.ts';
import { moveCase } from './move-case.ts';
import * as store from './store.ts';

/** How a correction of this case last began or was given up, and who did that. */
export const lastCorrection = (tx: Tx, caseId: string) =>
  store.lastEventOf(tx, caseId, ['amended', 'correction-abandoned']);

/** The correction is given up: the case is reported as it was before, with the deadline that it had then. */
export async function closeCorrection(tx: Tx, person: Person, found: store.CaseFound, now: Date): Promise<void> {
  const { readyAt, deadlineMinutes } = found;
  await endHold(tx, found.id);
  await moveCase(
    tx,
    found,
    'reported',
    { kind: 'correction-abandoned', at: now, by: person },
    { dueAt: readyAt && dueAfter(readyAt, deadlineMinutes) },
  );
}
