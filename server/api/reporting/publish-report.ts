import { reportTransitions } from '@lianzhen/contracts/reporting.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import { completeOrder } from '../orders/complete-order.ts';
import { endHold } from '../worklist/hold-case.ts';
import { moveCase } from '../worklist/move-case.ts';
import { freezeVersion, type LastSigner } from './freeze-version.ts';
import type { LockedReport } from './lock-report.ts';
import type { Submitted } from './sign-as-writer.ts';
import * as store from './store.ts';
import { tellReport } from './tell-report.ts';

/**
 * What the last signature does: a version is frozen, replaces the one before it, and goes out to every party; the order
 * is done and nobody holds the case any more.
 */
export async function publishReport(
  tx: Tx,
  locked: LockedReport,
  submitted: Submitted,
  by: Person,
  last: LastSigner,
  now: Date,
): Promise<store.VersionFound> {
  const { found } = locked;
  assertTransition(reportTransitions, submitted.state, 'final');
  const version = await freezeVersion(tx, locked, submitted, last, now);
  const { revision } = await store.change(tx, submitted.id, { state: 'final' });
  const order = { ...found.order, ...(await completeOrder(tx, found.order)) };
  await endHold(tx, found.id);
  const told = { kind: 'approved', at: now, by } as const;
  await moveCase(tx, { ...found, order }, 'reported', told, { reportedAt: now, hasLateImages: false });
  await tellReport(tx, locked, revision, true);
  return version;
}
