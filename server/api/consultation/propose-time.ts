import { invitationTransitions } from '@lianzhen/contracts/consultation-states.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { takeInvitation } from './accept-invitation.ts';
import { timeProblems } from './check-consultation.ts';
import { invitationOf, requireInvitation } from './find-invitation.ts';
import { moveConsultation } from './move-consultation.ts';
import { answerWith } from './read-consultation.ts';
import { refuseAny } from './refusal.ts';
import { requireAct } from './standing.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;

/** An expert would come at another time. @throws `bad-input` for a time that is past or far off */
export async function proposeTime(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; invitationId: string; at: string; reason: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  const now = clock.now();
  refuseAny(timeProblems({ time: { kind: 'appointment', at: input.at } }, now));
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const invitation = requireInvitation(found, person, input.invitationId, 'propose-time');
    if (invitation.state !== 'time-proposed')
      assertTransition(invitationTransitions, invitation.state, 'time-proposed');
    await store.changeInvitation(tx, invitation.id, {
      ...{ state: 'time-proposed', proposedAt: new Date(input.at), reason: input.reason || null },
      ...{ answeredAt: now, answeredById: person.accountId },
    });
    const told = { kind: 'time-proposed', at: now, by: person, reason: input.reason || input.at } as const;
    await moveConsultation(tx, found, found.state, told);
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.timeProposed', detail: { at: input.at } });
  });
}

/**
 * The requester agrees with a proposed time: the proposer has accepted with it. Experts who had accepted another time are
 * asked again, with a clock of their own.
 */
export async function agreeTime(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; invitationId: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:request');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'agree-time');
    const { invitation, scheduledAt, byId } = proposalOf(found, input.invitationId);
    refuseAny(timeProblems({ time: { kind: 'appointment', at: scheduledAt.toISOString() } }, now));
    await takeInvitation(tx, found, invitation, { byId, at: now });
    for (const other of found.invitations.filter(({ state }) => state === 'accepted'))
      await store.changeInvitation(tx, other.id, { ...asked(other, now), answeredAt: null, answeredById: null });
    const told = { kind: 'time-agreed', at: now, by: person, reason: scheduledAt.toISOString() } as const;
    await moveConsultation(tx, found, 'scheduled', told, {
      ...{ scheduledAt, isImmediate: false, remindedMinutes: null, chairId: byId },
      acceptedAt: found.acceptedAt ?? now,
    });
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.timeAgreed' });
  });
}

/** The requester cannot at that time: the invitation waits for another answer, with a new clock. */
export async function refuseTime(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; invitationId: string; reason: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:request');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'refuse-time');
    const { invitation } = proposalOf(found, input.invitationId);
    assertTransition(invitationTransitions, invitation.state, 'waiting');
    await store.changeInvitation(tx, invitation.id, { ...asked(invitation, now), proposedAt: null });
    const told = { kind: 'time-refused', at: now, by: person, reason: input.reason } as const;
    await moveConsultation(tx, found, found.state, told);
    const { reason } = input;
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.timeRefused', reason });
  });
}

/** An invitation that waits again, from now. */
export const asked = ({ minutes }: { minutes: number }, now: Date) => ({
  state: 'waiting',
  dueAt: new Date(now.getTime() + minutes * 60_000),
  overdueAt: null,
});

function proposalOf(found: store.ConsultationFound, id: string) {
  const invitation = invitationOf(found, id);
  const { proposedAt, answeredById } = invitation;
  if (invitation.state !== 'time-proposed' || !proposedAt || !answeredById)
    throw new HubError('wrong-state', { state: invitation.state });
  return { invitation, scheduledAt: proposedAt, byId: answeredById };
}
