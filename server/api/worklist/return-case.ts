import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReturnKind } from '@lianzhen/contracts/orders.ts';
import type { CaseView } from '@lianzhen/contracts/worklist.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { admittedTo } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { returnOrder } from '../orders/return-order.ts';
import { holderOf } from './case-row.ts';
import { caseView } from './case-view.ts';
import { endHold, requireHold } from './hold-case.ts';
import { moveCase } from './move-case.ts';
import * as store from './store.ts';

interface ReturnCase {
  id: string;
  leaseToken?: string | undefined;
  kind: ReturnKind;
  reason: string;
}

/**
 * Sends a case back to whoever asked, with a reason that he sees. Missing data can be asked for once only.
 * @throws `already-claimed` where somebody else holds it, `lease-lost`, `supplement-used`, `wrong-state`
 */
export async function returnCase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: ReturnCase,
): Promise<CaseView> {
  const scope = requireAccess(ctx, 'case:return');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    await letGo(tx, found, person, input.leaseToken, now);
    const { revision } = await returnOrder(tx, found.order, input.kind, input.reason, now);
    const told = { kind: 'returned', at: now, by: person, reason: input.reason } as const;
    const order = { ...found.order, revision };
    await moveCase(tx, { ...found, order }, 'returned', told, { returnedReason: input.reason });
    const after = await store.read(tx, admittedTo(scope, found.id), found.id);
    const view = await caseView(tx, scope, after, person.accountId, now);
    await recordAudit(tx, {
      ...auditOf(ctx, found.centre.facilityId),
      action: 'worklist.caseReturned',
      patientId: found.order.patientId,
      objectType: 'case',
      objectId: found.id,
      reason: input.reason,
      detail: { kind: input.kind },
    });
    return view;
  });
}

/** Only the holder may send back what is held; what nobody holds, any reader of the centre. */
async function letGo(tx: Tx, found: store.CaseFound, person: Person, token: string | undefined, now: Date) {
  const holder = holderOf(found, now);
  if (token !== undefined) requireHold(found, person, token, now);
  else if (holder && holder.accountId !== person.accountId)
    throw new HubError('already-claimed', { holder: holder.name, until: holder.until });
  await endHold(tx, found.id);
}
