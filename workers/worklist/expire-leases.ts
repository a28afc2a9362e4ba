import { stateWithoutHolder } from '@lianzhen/contracts/lease-rules.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

const batch = 200;

/**
 * Puts cases whose holder stopped beating back where they came from. One transaction for each: a case that somebody is
 * changing right now is left for the next sweep, and a lease that was renewed meanwhile is left alone.
 */
export async function expireLeases({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  for (const caseId of await store.expiredLeases(db, clock.now(), batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, caseId);
      const now = clock.now();
      const lease = found?.lease;
      if (!found || !lease || lease.expiresAt > now) return;
      await store.dropLease(tx, caseId);
      const to = stateWithoutHolder(found.state, found.report?.rejectedReason != null);
      if (!to) return;
      const facilityIds = [...new Set(found.order.parties.map((party) => party.facilityId))];
      const event = { kind: 'lease-expired', at: now, byId: lease.accountId, byName: lease.accountName } as const;
      await store.change(tx, found, { state: to }, event, facilityIds);
      // His browser may only have slept: it should know before he writes on.
      const revision = found.revision + 1;
      await emit(tx, { topic: 'session', id: caseId, revision, facilityIds: [], accountIds: [lease.accountId] });
    });
  }
}
