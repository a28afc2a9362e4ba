import { dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import type { ConsultationBody } from '@lianzhen/contracts/consultation-request.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { openConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { consultationNumber } from '../orders/number-orders.ts';
import { noteConsultation } from '../worklist/note-consultation.ts';
import { type CheckedConsultation, checkConsultation } from './check-consultation.ts';
import type { CheckedInvitee } from './check-invitees.ts';
import * as drafts from './draft-store.ts';
import { tell, writeDown } from './move-consultation.ts';
import { answerWith } from './read-consultation.ts';
import { recordRefused } from './refused-consultations.ts';
import * as store from './store.ts';

type SendConsultation = ConsultationBody & { draftId?: string | undefined };

/**
 * Sends a request to every invited expert and facility. It takes its draft's id and the draft is gone with it, so that
 * sending twice, at once or later, answers with one and the same consultation.
 * @throws `not-found`, `no-agreement`, `consent-missing`, `bad-input`, each naming all fields that are wrong
 */
export async function sendConsultation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: SendConsultation,
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:request', input.facilityId);
  const person = requirePerson(ctx);
  const now = clock.now();
  const sending = db.transaction(async (tx) => {
    const isSent = input.draftId !== undefined && (await wasSent(tx, person.accountId, input.draftId));
    const id = isSent && input.draftId ? input.draftId : await place(tx, scope, person, input, now);
    if (!isSent && input.draftId) await drafts.remove(tx, person.accountId, input.draftId);
    const detail = { urgency: input.urgency, specialty: input.specialty, invited: input.invitees.length };
    const action = isSent ? 'consultation.consultationRead' : 'consultation.consultationSent';
    return answerWith(tx, ctx, scope, id, now, { action, detail });
  });
  return sending.catch(async (cause: unknown) => {
    await recordRefused(db, ctx, cause, input);
    throw cause;
  });
}

/** @throws `not-found` where the draft is neither there nor the consultation that it became */
async function wasSent(tx: Tx, accountId: string, draftId: string): Promise<boolean> {
  if (await drafts.lock(tx, accountId, draftId)) return false;
  if (await drafts.sentBefore(tx, accountId, draftId)) return true;
  throw new HubError('not-found', { field: 'draftId' });
}

async function place(
  tx: Tx,
  scope: FacilityScope,
  person: Person,
  input: SendConsultation,
  now: Date,
): Promise<string> {
  const checked = await checkConsultation(tx, scope, input, now);
  const { id } = await store.insert(tx, await rowOf(tx, checked, person, input, now));
  await store.attach(tx, id, checked.evidence);
  await store.addInvitations(tx, invitationRows(id, checked.invitees, now));
  const invited = checked.invitees.map(({ facilityId }) => facilityId);
  await openConsultationAccess(tx, { id, patientId: checked.patient.id }, invited);
  const told = { at: now, by: person };
  await writeDown(tx, id, { kind: 'sent', ...told });
  await tell(tx, await store.readAny(tx, id), 1);
  if (input.caseId) await noteConsultation(tx, input.caseId, 'consultation-asked', told);
  return id;
}

/** Each with its own clock, by the agreement it goes out under. */
export const invitationRows = (consultationId: string, invitees: readonly CheckedInvitee[], now: Date) =>
  invitees.map((one) => ({
    ...one,
    consultationId,
    invitedAt: now,
    dueAt: new Date(now.getTime() + one.minutes * 60_000),
  }));

async function rowOf(tx: Tx, checked: CheckedConsultation, person: Person, input: SendConsultation, now: Date) {
  const { facility, patient } = checked;
  const { kind, urgency, reason, purpose, summary, specialty, title, diagnosisText, reportDraft, caseId, time } = input;
  return {
    ...(input.draftId ? { id: input.draftId } : {}),
    ...{ kind, urgency, reason, purpose, summary, specialty, title, diagnosisText, reportDraft, caseId },
    number: await consultationNumber(tx, facility.code, dayIn(facility.timeZone, now)),
    patientId: patient.id,
    requestingFacilityId: facility.id,
    requesterId: person.accountId,
    isImmediate: time.kind === 'immediate',
    wantedAt: time.kind === 'appointment' ? new Date(time.at) : null,
    submittedAt: now,
    consent: { create: { ...input.consent, recordedBy: person.accountId } },
    parties: { create: partiesOf(checked) },
  };
}

/** Every facility with a part, each once: by the first part that it has. */
function partiesOf({ facility, invitees, evidence, villageId }: CheckedConsultation) {
  const all = [
    { facilityId: facility.id, part: 'requester' },
    ...invitees.map(({ facilityId }) => ({ facilityId, part: 'invited' })),
    ...evidence.centreIds.map((facilityId) => ({ facilityId, part: 'centre' })),
    ...evidence.senderIds.map((facilityId) => ({ facilityId, part: 'requester' })),
    ...(villageId ? [{ facilityId: villageId, part: 'village' }] : []),
  ];
  return all.filter((party, at) => all.findIndex(({ facilityId }) => facilityId === party.facilityId) === at);
}
