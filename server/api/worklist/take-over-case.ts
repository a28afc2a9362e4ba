import { heldState } from '@lianzhen/contracts/lease-rules.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { holderOf } from './case-row.ts';
import { assertClaimable, type ClaimedCase, claimLocked } from './claim-case.ts';
import { endHold } from './hold-case.ts';
import { moveCase } from './move-case.ts';
import * as store from './store.ts';

/**
 * Takes a case out of somebody's hands. His token is dead from now on: whatever he still writes is `lease-lost`.
 * Where nobody holds the case, this is a claim.
 * @throws `wrong-state`, `same-person`, `not-senior`
 */
export async function takeOverCase(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<ClaimedCase> {
  const scope = requireAccess(ctx, 'case:claim');
  const person = requirePerson(ctx);
  return deps.db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const purpose = assertClaimable(ctx, found, undefined);
    const now = deps.clock.now();
    const holder = holderOf(found, now);
    const isTaken = holder !== null && holder.accountId !== person.accountId;
    if (isTaken) {
      await endHold(tx, found.id);
      const told = { kind: 'taken-over', at: now, by: person, reason: input.reason } as const;
      await moveCase(tx, found, heldState[purpose], told);
      // To the one who lost it, wherever he sits: his screen must say so at once.
      await emit(tx, {
        topic: 'session',
        id: found.id,
        revision: found.revision + 1,
        facilityIds: [],
        accountIds: [holder.accountId],
      });
    }
    const taken = await store.read(tx, scope, found.id);
    return claimLocked(tx, deps, ctx, scope, taken, isTaken ? input.reason : undefined);
  });
}
