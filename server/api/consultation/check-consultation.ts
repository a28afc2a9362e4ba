import { dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import type { ConsultationBody } from '@lianzhen/contracts/consultation-request.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { linkedVillage } from '../orders/check-order.ts';
import { consentProblems } from '../orders/consent-rules.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkInvitees } from './check-invitees.ts';
import * as store from './evidence-store.ts';
import { facility as facilityOf } from './expert-store.ts';
import { bad, type Found, refuseAny } from './refusal.ts';

export type CheckedConsultation = Awaited<ReturnType<typeof checkConsultation>>;

const clockSkewMs = 5 * 60_000;
const farthestDays = 180;

/**
 * Whether a request may go out. Who and where come first; then everything that is missing or wrong is named at once.
 * @param scope where the sender may ask
 * @throws `not-found`, `no-agreement`, `consent-missing`, `already-exists` for a case that has one open, `bad-input`
 */
export async function checkConsultation(tx: Tx, scope: FacilityScope, input: ConsultationBody, now: Date) {
  const patient = await store.patient(tx, scope, input.patientId);
  if (!patient) throw new HubError('not-found', { field: 'patientId' });
  const facility = await facilityOf(tx, input.facilityId);
  if (!facility) throw new HubError('not-found', { field: 'facilityId' });
  if (input.caseId !== null) await checkCase(tx, scope, patient.id, input.caseId);

  const { checked, problems: inviting } = await checkInvitees(tx, facility, input.invitees, input, now);
  const { evidence, problems: attaching } = await checkEvidence(tx, scope, patient.id, input.attachments);
  const found: Found[] = [
    ...(patient.mergedIntoId ? [bad({ field: 'patientId', expected: 'the patient this one was merged into' })] : []),
    ...inviting,
    ...consentProblems(input, patient.name, now).map((problem) => ({ ...problem, code: 'consent-missing' as const })),
    ...attaching,
    ...timeProblems(input, now),
  ];
  refuseAny(found);
  const own = [facility.id, ...evidence.centreIds];
  const villageId = await linkedVillage(tx, patient.villageId, own, dayIn(facility.timeZone, now));
  return { patient, facility, invitees: checked, evidence, villageId };
}

async function checkCase(tx: Tx, scope: FacilityScope, patientId: string, caseId: string): Promise<void> {
  if (!(await store.caseOfPatient(tx, scope, patientId, caseId))) throw new HubError('not-found', { field: 'caseId' });
  const open = await store.openOfCase(tx, caseId);
  if (open) throw new HubError('already-exists', { field: 'caseId', id: open.id, number: open.number });
}

/** An appointment is still to come, and not so far away that nobody means it. */
export function timeProblems({ time }: Pick<ConsultationBody, 'time'>, now: Date): Found[] {
  if (time.kind === 'immediate') return [];
  const at = Date.parse(time.at);
  const isPast = at < now.getTime() - clockSkewMs;
  const isFar = at > now.getTime() + farthestDays * 86_400_000;
  if (!isPast && !isFar) return [];
  return [bad({ field: 'time.at', expected: isPast ? 'a time to come' : `a time within ${farthestDays} days` })];
}
