import { z } from 'zod';
import { Specialty } from './consultation-experts.ts';
import { ConsultationKind } from './consultation-request.ts';
import { ConsultationAct, ConsultationState, InvitationState, Standing } from './consultation-states.ts';
import { Urgency } from './facilities.ts';
import { Id, Instant, Revision } from './fields.ts';
import { Title } from './identity.ts';
import { ConsentBody } from './orders.ts';
import { Sex } from './patients.ts';
import { SeatRole } from './room-signals.ts';

export const InvitationView = z.object({
  id: Id,
  facility: z.object({ id: Id, code: z.string(), name: z.string() }),
  expert: z.object({ accountId: Id, name: z.string(), title: Title.nullable() }).nullable(),
  state: InvitationState,
  isMine: z.boolean(),
  invitedAt: Instant,
  dueAt: Instant,
  /** The time passed without an answer: it was passed on to the next expert, or to everybody where there is none. */
  overdueAt: Instant.nullable(),
  passedOnFromId: Id.nullable(),
  proposedAt: Instant.nullable(),
  reason: z.string().nullable(),
  answeredAt: Instant.nullable(),
  answeredByName: z.string().nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;

const Appointment = { isImmediate: z.boolean(), wantedAt: Instant.nullable(), scheduledAt: Instant.nullable() };
export const ConsultationRow = z.object({
  id: Id,
  number: z.string(),
  state: ConsultationState,
  kind: ConsultationKind,
  urgency: Urgency,
  specialty: Specialty,
  ...Appointment,
  patient: z.object({ id: Id, name: z.string(), sex: Sex, birthDate: z.string().nullable() }),
  requestingFacility: z.object({ id: Id, name: z.string() }),
  requesterName: z.string(),
  standing: Standing,
  invited: z.array(
    z.object({
      facilityName: z.string(),
      expertName: z.string().nullable(),
      state: InvitationState,
      isMine: z.boolean(),
    }),
  ),
  /** The first answer that is owed. */
  dueAt: Instant.nullable(),
  isOverdue: z.boolean(),
  submittedAt: Instant,
  revision: Revision,
});
export type ConsultationRow = z.infer<typeof ConsultationRow>;

export const GuestView = z.object({
  id: Id,
  number: z.string(),
  name: z.string(),
  relation: z.string(),
  role: SeatRole.extract(['guest', 'patient']),
  expiresAt: Instant,
  usedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
const StudyAttached = z.object({
  id: Id,
  studyInstanceUid: z.string(),
  description: z.string().nullable(),
  modalities: z.array(z.string()),
  studyDate: z.string().nullable(),
  instanceCount: z.number().int(),
});
export const Attendance = z.object({
  seatId: Id,
  name: z.string(),
  facilityName: z.string(),
  role: SeatRole,
  joinedAt: Instant,
  /** Empty while he is in the room. */
  leftAt: Instant.nullable(),
});
export const ConsultationView = ConsultationRow.omit({ invited: true }).extend({
  reason: z.string(),
  purpose: z.string(),
  summary: z.string(),
  title: Title,
  diagnosisText: z.string(),
  reportDraft: z.string(),
  requesterId: Id,
  consent: ConsentBody.nullable(),
  parties: z.array(z.object({ facilityId: Id, name: z.string(), part: z.string() })),
  invitations: z.array(InvitationView),
  chairId: Id.nullable(),
  attachments: z.object({
    studies: z.array(StudyAttached),
    orders: z.array(z.object({ id: Id, number: z.string(), examNames: z.array(z.string()) })),
    reports: z.array(
      z.object({ versionId: Id, number: z.number().int(), examNames: z.array(z.string()), signedAt: Instant }),
    ),
  }),
  supplementAskedAt: Instant.nullable(),
  supplementAsked: z.string().nullable(),
  supplements: z.array(z.object({ id: Id, text: z.string(), at: Instant, byName: z.string() })),
  guests: z.array(GuestView),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Time with both sides in the room; a dead link between is not counted. */
  durationSeconds: z.number().int(),
  closedReason: z.string().nullable(),
  opinionDueAt: Instant.nullable(),
  latestVersionId: Id.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedByName: z.string().nullable(),
  rating: z.number().int().nullable(),
  caseId: Id.nullable(),
  /** From when the room is open for this person; empty where it is open now or will not be. */
  opensAt: Instant.nullable(),
  /** What this person may do now, by the table of contracts/consultation-states.ts. */
  acts: z.array(ConsultationAct),
});
export type ConsultationView = z.infer<typeof ConsultationView>;
