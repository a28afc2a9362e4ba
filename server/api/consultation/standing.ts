import { rolesMay } from '@lianzhen/contracts/access.ts';
import {
  type ConsultationAct,
  consultationActs,
  mayAct,
  type Standing,
} from '@lianzhen/contracts/consultation-states.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Person } from '../context.ts';
import type { ConsultationFound, InvitationFound } from './store.ts';

const openStates: readonly string[] = ['waiting', 'time-proposed', 'supplement-asked'];
export const isOpenInvitation = ({ state }: Pick<InvitationFound, 'state'>): boolean => openStates.includes(state);

const holds = (person: Person, facilityId: string, action: 'consultation:answer' | 'consultation:request') =>
  person.seats.some((seat) => seat.facilityId === facilityId && rolesMay(seat.roles, action));

/** Whether an invitation is this person's to answer: he was named, or his facility was and nobody in it. */
export const isFor = (person: Person, invitation: InvitationFound): boolean =>
  (invitation.expertId === null || invitation.expertId === person.accountId) &&
  holds(person, invitation.facilityId, 'consultation:answer');

/** Accepted by this person. */
export const isAcceptedBy = ({ accountId }: Person, { state, answeredById }: InvitationFound): boolean =>
  state === 'accepted' && answeredById === accountId;

/** How somebody who may see a consultation stands to it. */
export function standingOf(found: ConsultationFound, person: Person): Standing {
  if (found.invitations.some((one) => isAcceptedBy(person, one))) return 'expert';
  if (found.invitations.some((one) => isOpenInvitation(one) && isFor(person, one))) return 'invited';
  if (holds(person, found.requestingFacilityId, 'consultation:request')) return 'requester';
  const isLinked = found.parties.some(
    ({ facilityId, part, until }) =>
      until === null && part !== 'invited' && holds(person, facilityId, 'consultation:request'),
  );
  return isLinked ? 'linked' : 'observer';
}

/**
 * Whether somebody's facility has its part in the session: one that is only invited has none before one of its experts has
 * accepted, and nobody of it looks on until then.
 */
export function comesIn({ parties, invitations }: ConsultationFound, person: Person): boolean {
  const own = new Set(person.seats.map(({ facilityId }) => facilityId));
  const hasAccepted = (facilityId: string) =>
    invitations.some((one) => one.facilityId === facilityId && one.state === 'accepted');
  return parties.some(
    ({ facilityId, part, until }) =>
      until === null && own.has(facilityId) && (part !== 'invited' || hasAccepted(facilityId)),
  );
}

/**
 * What the table of acts says of this person now.
 * @throws `forbidden` for who never may, `wrong-state` for who may, but not now
 */
export function requireAct(found: ConsultationFound, person: Person, act: ConsultationAct): Standing {
  const standing = standingOf(found, person);
  if (!consultationActs[act].by.includes(standing)) throw new HubError('forbidden', { act, standing });
  if (!mayAct(act, standing, found.state)) throw new HubError('wrong-state', { act, state: found.state });
  return standing;
}

/** Everybody who is told of it by name: who asked, and who accepted or was asked. */
export const peopleOf = (found: ConsultationFound): string[] => [
  ...new Set([
    found.requesterId,
    ...found.invitations
      .filter((one) => isOpenInvitation(one) || one.state === 'accepted')
      .flatMap(({ expertId, answeredById }) => [expertId, answeredById])
      .filter((id) => id !== null),
  ]),
];
