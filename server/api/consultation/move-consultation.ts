import type { ConsultationEventKind } from '@lianzhen/contracts/consultation-events.ts';
import {
  type ConsultationState,
  consultationTransitions,
  isClosed,
  readableAfterDays,
} from '@lianzhen/contracts/consultation-states.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { endConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { noteConsultation } from '../worklist/note-consultation.ts';
import { peopleOf } from './standing.ts';
import * as store from './store.ts';

export interface Told {
  kind: ConsultationEventKind;
  at: Date;
  by?: { accountId: string; displayName: string } | undefined;
  reason?: string | undefined;
}
const dayMs = 86_400_000;

/**
 * Moves a locked consultation to another state, or touches it where it stays, writes its ledger and tells every party.
 * What closes it ends its open invitations and, after a while, what the invited facilities could see.
 * @throws `wrong-state` where the table of transitions does not have this change
 */
export async function moveConsultation(
  tx: Tx,
  found: store.ConsultationFound,
  to: string,
  told: Told,
  changes: Prisma.ConsultationUncheckedUpdateInput = {},
): Promise<void> {
  if (found.state !== to) assertTransition(consultationTransitions, found.state, to as ConsultationState);
  const closes = isClosed(to) && found.closedAt === null;
  const closing = closes ? { closedAt: told.at } : {};
  const { revision } = await store.change(tx, found.id, { ...closing, ...changes, state: to });
  await writeDown(tx, found.id, told);
  if (closes) await close(tx, found, told.at);
  await tell(tx, found, revision);
  if (closes && found.caseId) await noteConsultation(tx, found.caseId, 'consultation-over', told);
}

export const writeDown = (tx: Tx, id: string, { kind, at, by, reason }: Told) =>
  store.addEvent(tx, id, {
    ...{ kind, at },
    byId: by?.accountId ?? null,
    byName: by?.displayName ?? null,
    reason: reason ?? null,
  });

async function close(tx: Tx, found: store.ConsultationFound, at: Date): Promise<void> {
  // As they are now: the act that closes it may just have answered one.
  await store.supersedeOpen(tx, found.id);
  await endConsultationAccess(tx, found, new Date(at.getTime() + readableAfterDays * dayMs));
}

/** Everybody with a part looks again; the people concerned also where they sit elsewhere now. */
export async function tell(tx: Tx, found: store.ConsultationFound, revision: number): Promise<void> {
  const facilityIds = found.parties.map(({ facilityId }) => facilityId);
  await emit(tx, { topic: 'consultation', id: found.id, revision, facilityIds, accountIds: peopleOf(found) });
}
