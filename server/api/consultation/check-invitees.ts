import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { expertLacks } from '@lianzhen/contracts/expert-rules.ts';
import { Deadline, deadlineMinutes, type Urgency } from '@lianzhen/contracts/facilities.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { z } from 'zod';
import * as store from './expert-store.ts';
import { factsOf } from './expert-view.ts';
import { datesOf } from './list-experts.ts';
import { bad, type Found, noAgreement } from './refusal.ts';

export interface Invitee {
  facilityId: string;
  expertId: string | null;
}
export interface Wanted {
  specialty: string;
  title: string;
  urgency: Urgency;
}
/** An invitation that may go out, under which agreement and with how much time to answer. */
export interface CheckedInvitee extends Invitee {
  agreementId: string;
  minutes: number;
}

/**
 * Who may be invited: an agreement in force covers consultations between the two facilities, and the
 * expert, or somebody of the facility, is licensed, senior enough and of the specialty (rule 7).
 * @returns those who may, and everything that is wrong with the others, by the place in the list
 */
export async function checkInvitees(
  tx: Tx,
  asking: { id: string; timeZone: string },
  invitees: readonly Invitee[],
  wanted: Wanted,
  now: Date,
): Promise<{ checked: CheckedInvitee[]; problems: Found[] }> {
  const today = dayIn(asking.timeZone, now);
  const rows = await store.agreementsFrom(
    tx,
    asking.id,
    invitees.map(({ facilityId }) => facilityId),
  );
  const checked: CheckedInvitee[] = [];
  const problems: Found[] = [];
  for (const [at, { facilityId, expertId }] of invitees.entries()) {
    const field = `invitees.${at}`;
    const written = rows.filter(({ toId }) => toId === facilityId).map(datesOf);
    const standing = agreementStanding(written, 'consultation', today);
    const isTwice = invitees.slice(0, at).some((one) => one.facilityId === facilityId && one.expertId === expertId);
    if (isTwice) problems.push(bad({ field, expected: 'each expert and each facility once' }));
    if (!standing.agreement) problems.push(noAgreement(`${field}.facilityId`, standing.missing));
    else problems.push(...(await expertProblems(tx, { facilityId, expertId }, wanted, field, now)));
    if (!standing.agreement) continue;
    const deadlines = z.array(Deadline).parse(standing.agreement.deadlines);
    const minutes = deadlineMinutes(deadlines, 'consultation', wanted.urgency);
    checked.push({ facilityId, expertId, agreementId: standing.agreement.id, minutes });
  }
  return { checked, problems };
}

async function expertProblems(tx: Tx, invitee: Invitee, wanted: Wanted, field: string, now: Date): Promise<Found[]> {
  const { facilityId, expertId } = invitee;
  if (expertId === null) {
    const all = await store.listed(tx, [facilityId], wanted.specialty);
    const fits = all.some((expert) => expertLacks(factsOf(expert), wanted, now).length === 0);
    const expected = 'a facility with an expert of this specialty and title';
    return fits ? [] : [bad({ field: `${field}.facilityId`, expected })];
  }
  const expert = await store.at(tx, expertId, facilityId);
  if (!expert) return [bad({ field: `${field}.expertId`, expected: 'an expert of that facility' })];
  const lacks = expertLacks(factsOf(expert), wanted, now);
  const expected = `an expert who may be invited: ${lacks.join(', ')}`;
  return lacks.length === 0 ? [] : [bad({ field: `${field}.expertId`, expected })];
}
