import { stateWithoutHolder } from '@lianzhen/contracts/lease-rules.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { endHold, requireHold } from './hold-case.ts';
import { moveCase } from './move-case.ts';
import * as store from './store.ts';

/** Puts a case back where it came from. @throws `lease-lost` */
export async function releaseCase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; leaseToken: string },
): Promise<{ ok: true }> {
  const scope = requireAccess(ctx, 'case:claim');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireHold(found, person, input.leaseToken, now);
    await endHold(tx, found.id);
    const to = stateWithoutHolder(found.state, found.report?.rejectedReason != null);
    if (to) await moveCase(tx, found, to, { kind: 'released', at: now, by: person });
    await recordAudit(tx, {
      ...auditOf(ctx, found.centre.facilityId),
      action: 'worklist.caseReleased',
      patientId: found.order.patientId,
      objectType: 'case',
      objectId: found.id,
    });
    return { ok: true };
  });
}
