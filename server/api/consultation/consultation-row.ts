import type { ConsultationRow, InvitationView } from '@lianzhen/contracts/consultation-views.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import type { Person } from '../context.ts';
import { isAcceptedBy, isFor, isOpenInvitation, standingOf } from './standing.ts';
import type { ConsultationFound, InvitationFound } from './store.ts';

export const instant = (date: Date | null): string | null => date?.toISOString() ?? null;
const titleOf = (title: string | null) => Title.safeParse(title).data ?? null;

const isMine = (person: Person, one: InvitationFound): boolean =>
  isAcceptedBy(person, one) || (isOpenInvitation(one) && isFor(person, one));

/** A consultation as lists show it. */
export function consultationRow(found: ConsultationFound, person: Person, now: Date): ConsultationRow {
  const owed = found.invitations.filter(({ state }) => state === 'waiting').map(({ dueAt }) => dueAt.getTime());
  const dueAt = owed.length > 0 ? new Date(Math.min(...owed)) : null;
  const { patient, requestingFacility: asking } = found;
  return {
    id: found.id,
    number: found.number,
    state: found.state as ConsultationRow['state'],
    kind: found.kind as ConsultationRow['kind'],
    urgency: found.urgency as ConsultationRow['urgency'],
    specialty: found.specialty as ConsultationRow['specialty'],
    isImmediate: found.isImmediate,
    wantedAt: instant(found.wantedAt),
    scheduledAt: instant(found.scheduledAt),
    patient: {
      ...{ id: patient.id, name: patient.name },
      sex: patient.sex as ConsultationRow['patient']['sex'],
      birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
    },
    requestingFacility: { id: asking.id, name: asking.name },
    requesterName: found.requester.displayName,
    standing: standingOf(found, person),
    invited: found.invitations
      .filter(({ state }) => state !== 'superseded')
      .map((one) => ({
        facilityName: one.facility.name,
        expertName: (one.answeredBy ?? one.expert)?.displayName ?? null,
        state: one.state as InvitationView['state'],
        isMine: isMine(person, one),
      })),
    dueAt: instant(dueAt),
    isOverdue: dueAt !== null && dueAt < now,
    submittedAt: found.submittedAt.toISOString(),
    revision: found.revision,
  };
}

export function invitationView(one: InvitationFound, person: Person): InvitationView {
  const expert = one.state === 'accepted' ? (one.answeredBy ?? one.expert) : one.expert;
  return {
    id: one.id,
    facility: { id: one.facility.id, code: one.facility.code, name: one.facility.name },
    expert: expert && { accountId: expert.id, name: expert.displayName, title: titleOf(expert.title) },
    state: one.state as InvitationView['state'],
    isMine: isMine(person, one),
    invitedAt: one.invitedAt.toISOString(),
    dueAt: one.dueAt.toISOString(),
    overdueAt: instant(one.overdueAt),
    passedOnFromId: one.passedOnFromId,
    proposedAt: instant(one.proposedAt),
    reason: one.reason,
    answeredAt: instant(one.answeredAt),
    answeredByName: one.answeredBy?.displayName ?? null,
  };
}
