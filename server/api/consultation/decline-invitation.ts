import { invitationTransitions, waitingStates } from '@lianzhen/contracts/consultation-states.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { endConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import { auditOf, type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { consultationView } from './consultation-view.ts';
import { invitationOf, requireInvitation } from './find-invitation.ts';
import { moveConsultation } from './move-consultation.ts';
import { isAcceptedBy, isOpenInvitation } from './standing.ts';
import * as store from './store.ts';

interface Decline {
  id: string;
  invitationId: string;
  reason: string;
}

/**
 * An expert says no, or that he cannot come after all. A facility whose every expert said so has no part any more and sees
 * nothing more; a consultation that nobody takes is declined.
 * @throws `wrong-state` for the last expert of a session that has begun: that is a termination
 */
export async function declineInvitation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Decline,
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    await decline(tx, found, person, input, now);
    // What he has just given up is shown to him this once: what he said, as the sender sees it.
    const view = await consultationView(tx, await store.readAny(tx, found.id), person, now);
    await recordAudit(tx, {
      ...auditOf(ctx, invitationOf(found, input.invitationId).facilityId),
      action: 'consultation.invitationDeclined',
      patientId: found.patientId,
      ...{ objectType: 'consultation', objectId: found.id, reason: input.reason },
    });
    return view;
  });
}

async function decline(
  tx: Tx,
  found: store.ConsultationFound,
  person: Person,
  { invitationId, reason }: Decline,
  now: Date,
): Promise<void> {
  const invitation = requireInvitation(found, person, invitationId, 'decline');
  const others = found.invitations.filter((one) => one.id !== invitation.id);
  const experts = others.filter(({ state }) => state === 'accepted');
  const isBefore = (waitingStates as readonly string[]).includes(found.state);
  if (!isBefore && isAcceptedBy(person, invitation) && experts.length === 0)
    throw new HubError('wrong-state', { act: 'decline', state: found.state });
  assertTransition(invitationTransitions, invitation.state, 'declined');
  const answered = { state: 'declined', reason, answeredAt: now, answeredById: person.accountId };
  await store.changeInvitation(tx, invitation.id, answered);
  const left = others.filter((one) => isOpenInvitation(one) || one.state === 'accepted');
  const chairId = found.chairId === person.accountId ? (experts[0]?.answeredById ?? null) : found.chairId;
  const told = { kind: 'declined', at: now, by: person, reason } as const;
  const to = stateAfter(found, left, experts.length > 0, isBefore);
  const closing = to === 'declined' ? { closedReason: reason } : {};
  await moveConsultation(tx, found, to, told, { ...closing, chairId });
  if (!left.some((one) => one.facilityId === invitation.facilityId)) await leave(tx, found, invitation.facilityId, now);
}

function stateAfter(
  { state }: store.ConsultationFound,
  left: readonly store.InvitationFound[],
  hasExpert: boolean,
  isBefore: boolean,
): string {
  if (!isBefore) return state;
  if (left.length === 0) return 'declined';
  return hasExpert || state === 'supplement-asked' ? state : 'submitted';
}

/** A facility that is also the centre of an attached order stays linked as that. */
async function leave(tx: Tx, found: store.ConsultationFound, facilityId: string, now: Date): Promise<void> {
  await endConsultationAccess(tx, found, now, [facilityId]);
  if (await store.isPartyOfAttached(tx, found.id, facilityId)) await store.addParty(tx, found.id, facilityId, 'centre');
  else await store.endParty(tx, found.id, facilityId, now);
}
