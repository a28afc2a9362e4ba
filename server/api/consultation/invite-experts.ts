import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import type { Urgency } from '@lianzhen/contracts/facilities.ts';
import { openConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { checkInvitees, type Invitee } from './check-invitees.ts';
import { moveConsultation } from './move-consultation.ts';
import { answerWith } from './read-consultation.ts';
import { bad, refuseAny } from './refusal.ts';
import { invitationRows } from './send-consultation.ts';
import { isOpenInvitation, requireAct } from './standing.ts';
import * as store from './store.ts';

/**
 * Asks more experts, also while the session goes on. They are asked by the requesting facility, under its agreements,
 * whoever has the idea.
 * @throws `no-agreement`, `bad-input` naming each who cannot be asked
 */
export async function inviteExperts(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; invitees: Invitee[] },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'invite');
    const wanted = { specialty: found.specialty, title: found.title, urgency: found.urgency as Urgency };
    const { checked, problems } = await checkInvitees(tx, found.requestingFacility, input.invitees, wanted, now);
    refuseAny([...problems, ...askedBefore(found, input.invitees)]);
    await store.addInvitations(tx, invitationRows(found.id, checked, now));
    const facilityIds = checked.map(({ facilityId }) => facilityId);
    const parts = new Map(
      found.parties.filter(({ until }) => !until).map(({ facilityId, part }) => [facilityId, part]),
    );
    for (const facilityId of facilityIds)
      if (parts.get(facilityId) !== 'requester') await store.addParty(tx, found.id, facilityId, 'invited');
    await openConsultationAccess(tx, found, facilityIds);
    const told = { kind: 'invited', at: now, by: person } as const;
    await moveConsultation(tx, await store.readAny(tx, found.id), found.state, told);
    const detail = { invited: checked.length };
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.expertsInvited', detail });
  });
}

const askedBefore = (found: store.ConsultationFound, invitees: readonly Invitee[]) =>
  invitees.flatMap(({ facilityId, expertId }, at) => {
    const isKnown = found.invitations.some(
      (one) =>
        one.facilityId === facilityId &&
        one.expertId === expertId &&
        (isOpenInvitation(one) || one.state === 'accepted'),
    );
    return isKnown ? [bad({ field: `invitees.${at}`, expected: 'somebody who is not invited yet' })] : [];
  });
