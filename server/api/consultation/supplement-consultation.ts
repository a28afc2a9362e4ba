import { invitationTransitions } from '@lianzhen/contracts/consultation-states.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { openConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type Attached, checkEvidence } from './check-evidence.ts';
import { requireInvitation } from './find-invitation.ts';
import { moveConsultation } from './move-consultation.ts';
import { asked } from './propose-time.ts';
import { answerWith } from './read-consultation.ts';
import { refuseAny } from './refusal.ts';
import { isOpenInvitation, requireAct } from './standing.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
const maxSupplements = 50;

/** An expert asks for more, which may be done once for each consultation. @throws `supplement-used` */
export async function askSupplement(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; invitationId: string; reason: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:answer');
  const person = requirePerson(ctx);
  const { reason } = input;
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    if (found.supplementAskedAt)
      throw new HubError('supplement-used', { askedAt: found.supplementAskedAt.toISOString() });
    const invitation = requireInvitation(found, person, input.invitationId, 'ask-supplement');
    assertTransition(invitationTransitions, invitation.state, 'supplement-asked');
    await store.changeInvitation(tx, invitation.id, { state: 'supplement-asked', reason });
    const to = found.state === 'submitted' ? 'supplement-asked' : found.state;
    const told = { kind: 'supplement-asked', at: now, by: person, reason } as const;
    await moveConsultation(tx, found, to, told, { supplementAsked: reason, supplementAskedAt: now });
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.supplementAsked', reason });
  });
}

/**
 * The requesting side adds words, studies, orders or reports, asked or unasked, until the opinion. Whoever waited for it
 * has a new clock.
 * @throws `bad-input` naming what is not this patient's, `too-large` past 50
 */
export async function supplementConsultation(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; text: string; attachments?: Attached | undefined },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:request');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'supplement');
    if ((await store.countSupplements(tx, found.id)) >= maxSupplements)
      throw new HubError('too-large', { limit: maxSupplements });
    if (input.attachments) await attachMore(tx, scope, found, input.attachments);
    const by = { byId: person.accountId, byName: person.displayName, at: now };
    await store.addSupplement(tx, { consultationId: found.id, text: input.text, ...by });
    for (const waiting of found.invitations.filter(({ state }) => state === 'supplement-asked'))
      await store.changeInvitation(tx, waiting.id, asked(waiting, now));
    const to = found.state === 'supplement-asked' ? 'submitted' : found.state;
    await moveConsultation(tx, found, to, { kind: 'supplemented', at: now, by: person });
    const attached = input.attachments ? Object.values(input.attachments).flat().length : 0;
    return answerWith(tx, ctx, scope, found.id, now, {
      action: 'consultation.consultationSupplemented',
      detail: { attached },
    });
  });
}

async function attachMore(tx: Tx, scope: FacilityScope, found: store.ConsultationFound, more: Attached): Promise<void> {
  const { evidence, problems } = await checkEvidence(tx, scope, found.patientId, more);
  refuseAny(problems);
  await store.attach(tx, found.id, evidence);
  const known = new Set(found.parties.map(({ facilityId }) => facilityId));
  for (const facilityId of evidence.centreIds)
    if (!known.has(facilityId)) await store.addParty(tx, found.id, facilityId, 'centre');
  const invited = found.invitations.filter((one) => isOpenInvitation(one) || one.state === 'accepted');
  await openConsultationAccess(
    tx,
    found,
    invited.map(({ facilityId }) => facilityId),
  );
}
