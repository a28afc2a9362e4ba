import { HubError } from '@lianzhen/contracts/errors.ts';
import { purposeOf } from '@lianzhen/contracts/lease-rules.ts';
import type { CaseView } from '@lianzhen/contracts/worklist.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { caseView } from './case-view.ts';
import { holdCase, type Purpose } from './hold-case.ts';
import { requireReviewer } from './require-reviewer.ts';
import * as store from './store.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'config'>;
export type ClaimedCase = CaseView & { leaseToken: string };

/**
 * Opens a case for reading or review, exclusively; claiming what one holds renews it.
 * @throws `already-claimed` with the winner's name, `wrong-state`, `same-person`, `not-senior`
 */
export async function claimCase(
  deps: Needs,
  ctx: Ctx,
  input: { id: string; purpose?: Purpose | undefined },
): Promise<ClaimedCase> {
  const scope = requireAccess(ctx, 'case:claim');
  return deps.db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    assertClaimable(ctx, found, input.purpose);
    return claimLocked(tx, deps, ctx, scope, found);
  });
}

/** @returns what the case is claimed for, which its state decides. */
export function assertClaimable(ctx: Ctx, found: store.CaseFound, wanted: Purpose | undefined): Purpose {
  const purpose = purposeOf(found.state);
  if (purpose === null || (wanted !== undefined && wanted !== purpose))
    throw new HubError('wrong-state', { state: found.state });
  if (purpose === 'review') requireReviewer(ctx, found.report?.writerId ?? null, found.centre.facilityId);
  return purpose;
}

/** Takes the lease of a case that is locked and claimable, and answers with the case. */
export async function claimLocked(
  tx: Tx,
  deps: Pick<Deps, 'clock' | 'config'>,
  ctx: Ctx,
  scope: FacilityScope,
  found: store.CaseFound,
  reason?: string,
): Promise<ClaimedCase> {
  const person = requirePerson(ctx);
  const purpose = purposeOf(found.state) ?? 'read';
  await holdCase(tx, deps, person, found, purpose);
  const held = await store.read(tx, scope, found.id);
  const view = await caseView(tx, scope, held, person.accountId, deps.clock.now());
  const { leaseToken } = view;
  if (leaseToken === null) throw new HubError('internal');
  await recordAudit(tx, {
    ...auditOf(ctx, found.centre.facilityId),
    action: reason === undefined ? 'worklist.caseClaimed' : 'worklist.caseTakenOver',
    patientId: found.order.patientId,
    objectType: 'case',
    objectId: found.id,
    reason,
    detail: { purpose },
  });
  return { ...view, leaseToken };
}
