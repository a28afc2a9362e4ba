import { owedStates } from '@lianzhen/contracts/lease-rules.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

const batch = 200;

/** Tells sender and centre, once, that a report which was promised by now is still owed. */
export async function escalateOverdue({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const states: string[] = [...owedStates];
  for (const caseId of await store.overdueCases(db, states, clock.now(), batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, caseId);
      const now = clock.now();
      const isOwed = found?.dueAt && found.dueAt < now && !found.escalatedAt && states.includes(found.state);
      if (!isOwed) return;
      const told = found.order.parties.filter(({ part }) => part === 'requester' || part === 'centre');
      const facilityIds = [...new Set(told.map(({ facilityId }) => facilityId))];
      await store.change(tx, found, { escalatedAt: now }, { kind: 'overdue', at: now }, facilityIds);
    });
  }
}
