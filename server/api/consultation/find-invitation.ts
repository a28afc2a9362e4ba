import type { ConsultationAct } from '@lianzhen/contracts/consultation-states.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Person } from '../context.ts';
import { isAcceptedBy, isFor, isOpenInvitation, requireAct } from './standing.ts';
import type { ConsultationFound, InvitationFound } from './store.ts';

export const invitationOf = (found: ConsultationFound, id: string): InvitationFound => {
  const invitation = found.invitations.find((one) => one.id === id);
  if (!invitation) throw new HubError('not-found', { field: 'invitationId' });
  return invitation;
};

/** Those it was passed on from and to: one of them answers for all. */
export function chainOf(found: ConsultationFound, invitation: InvitationFound): InvitationFound[] {
  const chain = new Set([invitation.id]);
  for (let size = 0; size !== chain.size; ) {
    size = chain.size;
    for (const { id, passedOnFromId } of found.invitations) {
      if (passedOnFromId === null) continue;
      if (chain.has(id)) chain.add(passedOnFromId);
      if (chain.has(passedOnFromId)) chain.add(id);
    }
  }
  return found.invitations.filter(({ id }) => chain.has(id));
}

/**
 * The invitation that this person answers now.
 * @throws `already-claimed` with who was first, `forbidden` where it is somebody else's, `wrong-state`
 */
export function requireInvitation(
  found: ConsultationFound,
  person: Person,
  id: string,
  act: ConsultationAct,
): InvitationFound {
  const invitation = invitationOf(found, id);
  if (!isFor(person, invitation)) throw new HubError('forbidden', { act });
  const taken = chainOf(found, invitation).find(({ state }) => state === 'accepted');
  if (taken && !isAcceptedBy(person, taken))
    throw new HubError('already-claimed', { holder: taken.answeredBy?.displayName ?? null });
  if (!isOpenInvitation(invitation) && !isAcceptedBy(person, invitation))
    throw new HubError('wrong-state', { act, state: invitation.state });
  requireAct(found, person, act);
  return invitation;
}
