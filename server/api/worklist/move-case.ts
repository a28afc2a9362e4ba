import type { CaseEventKind } from '@lianzhen/contracts/case-events.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { type CaseState, caseTransitions } from '@lianzhen/contracts/worklist.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/** The parts of a case that a change of state needs. */
export interface Movable {
  id: string;
  state: string;
  order: { id: string; revision: number; parties: ReadonlyArray<{ facilityId: string }> };
}
export interface Told {
  kind: CaseEventKind;
  at: Date;
  by?: { accountId: string; displayName: string };
  reason?: string;
}

/**
 * Moves a locked case to another state, or touches it where it stays, writes its history and tells every party.
 * @throws `wrong-state` where the table of transitions does not have this change
 */
export async function moveCase(
  tx: Tx,
  found: Movable,
  to: CaseState,
  told: Told,
  changes: Prisma.CaseUncheckedUpdateInput = {},
): Promise<void> {
  if (found.state !== to) assertTransition(caseTransitions, found.state, to);
  const { revision } = await store.change(tx, found.id, { ...changes, state: to });
  await store.addEvent(tx, found.id, {
    kind: told.kind,
    at: told.at,
    byId: told.by?.accountId ?? null,
    byName: told.by?.displayName ?? null,
    reason: told.reason ?? null,
  });
  const facilityIds = [...new Set(found.order.parties.map(({ facilityId }) => facilityId))];
  await emit(tx, { topic: 'case', id: found.id, revision, facilityIds });
  await emit(tx, { topic: 'order', id: found.order.id, revision: found.order.revision, facilityIds });
}
