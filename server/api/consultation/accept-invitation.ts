import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { invitationTransitions, waitingStates } from '@lianzhen/contracts/consultation-states.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { expertLacks } from '@lianzhen/contracts/expert-rules.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as experts from './expert-store.ts';
import { factsOf } from './expert-view.ts';
import { chainOf, invitationOf, requireInvitation } from './find-invitation.ts';
import { datesOf } from './list-experts.ts';
import { moveConsultation } from './move-consultation.ts';
import { answerWith } from './read-consultation.ts';
import { isAcceptedBy, isOpenInvitation } from './standing.ts';
import * as store from './store.ts';

/**
 * An expert takes part. One of those that an invitation was passed on among, or of a facility's experts, is first; again
 * is not an error. Consent, the agreement and the expert's licence, years and title are looked at once more.
 * @throws `already-claimed` with the winner's name, `consent-missing`, `no-agreement`, `forbidden`, `wrong-state`
 */
export async function acceptInvitation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string; invitationId: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    const isRepeat = isAcceptedBy(person, invitationOf(found, input.invitationId));
    if (!isRepeat) await accept(tx, found, person, input.invitationId, now);
    const action = isRepeat ? 'consultation.consultationRead' : 'consultation.invitationAccepted';
    const detail = { invitationId: input.invitationId };
    return answerWith(tx, ctx, scope, found.id, now, { action, detail });
  });
}

async function accept(tx: Tx, found: store.ConsultationFound, person: Person, id: string, now: Date): Promise<void> {
  const invitation = requireInvitation(found, person, id, 'accept');
  if (!(await store.hasConsent(tx, found.id))) throw new HubError('consent-missing', { field: 'consent' });
  await requireAgreement(tx, found, invitation.facilityId, now);
  await requireExpert(tx, found, person, invitation.facilityId, now);
  await takeInvitation(tx, found, invitation, { byId: person.accountId, at: now });
  const told = { kind: 'accepted', at: now, by: person } as const;
  const chairId = found.chairId ?? person.accountId;
  const acceptedAt = found.acceptedAt ?? now;
  const isBefore = (waitingStates as readonly string[]).includes(found.state);
  if (!isBefore) return moveConsultation(tx, found, found.state, told, { chairId, acceptedAt });
  const scheduledAt = found.scheduledAt ?? found.wantedAt;
  const to = scheduledAt ? 'scheduled' : 'accepted';
  await moveConsultation(tx, found, to, told, { chairId, acceptedAt, scheduledAt });
}

/** Writes the acceptance, and that nobody else of the chain is asked any more. */
export async function takeInvitation(
  tx: Tx,
  found: store.ConsultationFound,
  invitation: store.InvitationFound,
  { byId, at }: { byId: string; at: Date },
): Promise<void> {
  assertTransition(invitationTransitions, invitation.state, 'accepted');
  await store.changeInvitation(tx, invitation.id, { state: 'accepted', answeredAt: at, answeredById: byId });
  const others = chainOf(found, invitation).filter((one) => one.id !== invitation.id && isOpenInvitation(one));
  await store.changeInvitations(
    tx,
    others.map((one) => one.id),
    { state: 'superseded' },
  );
}

async function requireAgreement(tx: Tx, found: store.ConsultationFound, facilityId: string, now: Date): Promise<void> {
  const { requestingFacility: asking } = found;
  const rows = await experts.agreementsFrom(tx, asking.id, [facilityId]);
  const { missing } = agreementStanding(rows.map(datesOf), 'consultation', dayIn(asking.timeZone, now));
  if (missing) throw new HubError('no-agreement', { missing });
}

async function requireExpert(
  tx: Tx,
  { specialty, title }: store.ConsultationFound,
  person: Person,
  facilityId: string,
  now: Date,
): Promise<void> {
  const expert = await experts.at(tx, person.accountId, facilityId);
  if (!expert) throw new HubError('forbidden', { expected: 'an expert of the directory' });
  const lacks = expertLacks(factsOf(expert), { specialty, title }, now);
  if (lacks.length > 0) throw new HubError('forbidden', { lacks });
}
