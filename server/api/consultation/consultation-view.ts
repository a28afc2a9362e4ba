import { ConsultationAct, isSessionOver, mayAct, opensLater } from '@lianzhen/contracts/consultation-states.ts';
import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import { ReportContent } from '@lianzhen/contracts/reporting.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import { namePeople } from '../worklist/name-people.ts';
import { consultationRow, instant, invitationView } from './consultation-row.ts';
import { guestView } from './guest-view.ts';
import { comesIn, standingOf } from './standing.ts';
import * as store from './store.ts';
import { heldTogether } from './time-together.ts';

/** A consultation as its case shows it, with what this person may do now. */
export async function consultationView(
  tx: Tx,
  found: store.ConsultationFound,
  person: Person,
  now: Date,
): Promise<ConsultationView> {
  const details = await store.details(tx, found.id);
  const names = await namePeople(tx, [found.acknowledgedById]);
  const { invited: _, ...row } = consultationRow(found, person, now);
  return {
    ...row,
    ...{ reason: found.reason, purpose: found.purpose, summary: found.summary, reportDraft: found.reportDraft },
    ...{ title: Title.parse(found.title), diagnosisText: found.diagnosisText, requesterId: found.requesterId },
    consent: consentOf(details),
    parties: found.parties.map(({ facilityId, part, facility }) => ({ facilityId, name: facility.name, part })),
    invitations: found.invitations.map((one) => invitationView(one, person)),
    chairId: found.chairId,
    attachments: attachmentsOf(details),
    supplementAskedAt: instant(found.supplementAskedAt),
    supplementAsked: found.supplementAsked,
    supplements: details.supplements.map(({ id, text, at, byName }) => ({ id, text, at: at.toISOString(), byName })),
    guests: details.guests.map(guestView),
    startedAt: instant(found.startedAt),
    endedAt: instant(found.endedAt),
    durationSeconds: await heldTogether(tx, found.id, now),
    closedReason: found.closedReason,
    opinionDueAt: instant(found.opinionDueAt),
    latestVersionId: (await store.latestVersion(tx, found.id))?.id ?? null,
    acknowledgedAt: instant(found.acknowledgedAt),
    acknowledgedByName: names.get(found.acknowledgedById ?? '') ?? null,
    rating: found.rating,
    caseId: found.caseId,
    opensAt: instant(opensLater(found, now)),
    acts: actsOf(found, person, now),
  };
}

const ofAskingFacility: readonly ConsultationAct[] = ['cancel', 'agree-time', 'refuse-time', 'acknowledge'];

function actsOf(found: store.ConsultationFound, person: Person, now: Date): ConsultationAct[] {
  const standing = standingOf(found, person);
  const canJoin = opensLater(found, now) === null && !isSessionOver(found) && comesIn(found, person);
  const hasProposal = found.invitations.some(({ state }) => state === 'time-proposed');
  return ConsultationAct.options.filter((act) => {
    if (!mayAct(act, standing, found.state)) return false;
    if (act === 'join') return canJoin;
    if (act === 'ask-supplement') return found.supplementAskedAt === null;
    if (act === 'agree-time' || act === 'refuse-time') return hasProposal;
    return !ofAskingFacility.includes(act) || standing === 'requester';
  });
}

function consentOf({ consent }: store.Details): ConsultationView['consent'] {
  if (!consent) return null;
  type Consent = NonNullable<ConsultationView['consent']>;
  return {
    signer: consent.signer,
    relation: consent.relation as Consent['relation'],
    method: consent.method as Consent['method'],
    givenAt: consent.givenAt.toISOString(),
  };
}

const attachmentsOf = ({ studies, orders, versions }: store.Details): ConsultationView['attachments'] => ({
  studies: studies.map(({ study }) => ({
    ...{ id: study.id, studyInstanceUid: study.studyInstanceUid, description: study.description },
    ...{ modalities: study.modalities, studyDate: study.studyDate, instanceCount: study.instanceCount },
  })),
  orders: orders.map(({ order }) => ({
    ...{ id: order.id, number: order.number },
    examNames: order.exams.map(({ examName }) => examName),
  })),
  reports: versions.map(({ version }) => ({
    ...{ versionId: version.id, number: version.number, signedAt: version.signedAt.toISOString() },
    examNames: ReportContent.parse(version.content).exams.map(({ examName }) => examName),
  })),
});
