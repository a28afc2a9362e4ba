import { oc } from '@orpc/contract';
import { z } from 'zod';
import { consultationExpertsContract } from './consultation-experts.ts';
import { RoomFile } from './consultation-files.ts';
import { consultationPicturesContract } from './consultation-pictures.ts';
import { AttachmentBody, ConsultationBody, InviteeBody } from './consultation-request.ts';
import { ConsultationState } from './consultation-states.ts';
import { Attendance, ConsultationRow, ConsultationView, GuestView } from './consultation-views.ts';
import {
  Id,
  Instant,
  Line,
  ListOf,
  Page,
  pageOf,
  Reason,
  RequiredLine,
  RequiredText,
  Revision,
  Text,
} from './fields.ts';
import { DraftContent, DraftView } from './orders.ts';
import { VersionRow } from './reporting.ts';
import { IceServer, SeatRole } from './room-signals.ts';

export const OpinionBody = z.object({
  /** 辅助检查结果与所见 */
  findings: Text(20_000),
  /** 会诊意见 */
  opinion: Text(8000),
  /** 处理建议 */
  advice: Text(4000),
});
export const OpinionView = OpinionBody.extend({
  /** Empty until somebody begins to write. */
  reportId: Id.nullable(),
  state: z.enum(['draft', 'final']),
  revision: Revision,
  writerId: Id.nullable(),
  writerName: z.string().nullable(),
  correctionReason: z.string().nullable(),
  versions: z.array(VersionRow),
});
export type OpinionView = z.infer<typeof OpinionView>;

export const JoinAnswer = z.object({
  token: z.string(),
  socketPath: z.string(),
  expiresAt: Instant,
  iceServers: z.array(IceServer),
  consultationId: Id,
  seatId: Id,
  role: SeatRole,
});
export type JoinAnswer = z.infer<typeof JoinAnswer>;
/** The code is good once; the pass that came with its answer takes the same seat again after a lost link. */
export const GuestKey = z.object({
  number: Line(20).min(4),
  code: Line(20).min(4).optional(),
  pass: Line(100).min(20).optional(),
});
export const GuestAnswer = JoinAnswer.extend({ pass: z.string(), name: z.string(), facilityName: z.string() });

/** One thing that was written in the room, as it is kept with the case. */
export const ChatLine = z.object({
  seq: z.number().int(),
  at: Instant,
  byName: z.string(),
  facilityName: z.string(),
  text: z.string(),
  file: RoomFile.nullable(),
});
export type ChatLine = z.infer<typeof ChatLine>;

const ofId = z.object({ id: Id });
const Changing = ofId.extend({ revision: Revision });
const Explained = Changing.extend({ reason: Reason });

export const consultationContract = {
  ...consultationExpertsContract,
  ...consultationPicturesContract,
  drafts: oc.route({ method: 'GET', path: '/consultation-drafts' }).output(z.array(DraftView)),
  createDraft: oc
    .route({ method: 'POST', path: '/consultation-drafts', successStatus: 201 })
    .input(z.object({ facilityId: Id, content: DraftContent }))
    .output(DraftView),
  /** One key in front of a case: a draft with patient, order, studies, reports and the words written so far. */
  fromCase: oc
    .route({ method: 'POST', path: '/cases/{caseId}/consultation-draft', successStatus: 201 })
    .input(z.object({ caseId: Id }))
    .output(DraftView),
  saveDraft: oc
    .route({ method: 'PUT', path: '/consultation-drafts/{id}' })
    .input(Changing.extend({ content: DraftContent }))
    .output(DraftView),
  discardDraft: oc
    .route({ method: 'DELETE', path: '/consultation-drafts/{id}' })
    .input(ofId)
    .output(z.object({ ok: z.literal(true) })),
  send: oc
    .route({ method: 'POST', path: '/consultations', successStatus: 201 })
    .input(ConsultationBody.extend({ draftId: Id.optional() }))
    .output(ConsultationView),
  list: oc
    .route({ method: 'GET', path: '/consultations' })
    .input(
      Page.extend({
        /** `owed`: an answer of this person, as who was invited or as who asked. */
        box: z.enum(['all', 'sent', 'received', 'mine', 'owed']).default('all'),
        state: ListOf(ConsultationState).optional(),
        patientId: Id.optional(),
        q: Line(64).default(''),
      }),
    )
    .output(pageOf(ConsultationRow)),
  read: oc.route({ method: 'GET', path: '/consultations/{id}' }).input(ofId).output(ConsultationView),
  /** `id` is the consultation's; `invitationId` the one that is answered. */
  accept: oc
    .route({ method: 'POST', path: '/consultations/{id}/accept' })
    .input(ofId.extend({ invitationId: Id }))
    .output(ConsultationView),
  proposeTime: oc
    .route({ method: 'POST', path: '/consultations/{id}/propose-time' })
    .input(ofId.extend({ invitationId: Id, at: Instant, reason: Line(500).default('') }))
    .output(ConsultationView),
  decline: oc
    .route({ method: 'POST', path: '/consultations/{id}/decline' })
    .input(ofId.extend({ invitationId: Id, reason: Reason }))
    .output(ConsultationView),
  askSupplement: oc
    .route({ method: 'POST', path: '/consultations/{id}/ask-supplement' })
    .input(ofId.extend({ invitationId: Id, reason: Reason }))
    .output(ConsultationView),
  agreeTime: oc
    .route({ method: 'POST', path: '/consultations/{id}/agree-time' })
    .input(ofId.extend({ invitationId: Id }))
    .output(ConsultationView),
  refuseTime: oc
    .route({ method: 'POST', path: '/consultations/{id}/refuse-time' })
    .input(ofId.extend({ invitationId: Id, reason: Reason }))
    .output(ConsultationView),
  supplement: oc
    .route({ method: 'POST', path: '/consultations/{id}/supplement' })
    .input(ofId.extend({ text: RequiredText(4000), attachments: AttachmentBody.optional() }))
    .output(ConsultationView),
  invite: oc
    .route({ method: 'POST', path: '/consultations/{id}/invitations' })
    .input(ofId.extend({ invitees: z.array(InviteeBody).min(1).max(10) }))
    .output(ConsultationView),
  cancel: oc.route({ method: 'POST', path: '/consultations/{id}/cancel' }).input(Explained).output(ConsultationView),
  terminate: oc
    .route({ method: 'POST', path: '/consultations/{id}/terminate' })
    .input(Explained)
    .output(ConsultationView),
  /** Why one did not come to an appointment; kept beside what the hub saw. */
  explain: oc
    .route({ method: 'POST', path: '/consultations/{id}/explain' })
    .input(ofId.extend({ reason: Reason }))
    .output(ConsultationView),
  join: oc.route({ method: 'POST', path: '/consultations/{id}/join' }).input(ofId).output(JoinAnswer),
  /** The code is shown this once; only its hash is kept. */
  inviteGuest: oc
    .route({ method: 'POST', path: '/consultations/{id}/guests', successStatus: 201 })
    .input(
      ofId.extend({
        name: RequiredLine(64),
        relation: RequiredLine(64),
        role: SeatRole.extract(['guest', 'patient']).default('guest'),
      }),
    )
    .output(GuestView.extend({ code: z.string() })),
  revokeGuest: oc
    .route({ method: 'POST', path: '/consultations/{id}/guests/{guestId}/revoke' })
    .input(ofId.extend({ guestId: Id }))
    .output(GuestView),
  /** Public, and rate-limited. */
  joinAsGuest: oc.route({ method: 'POST', path: '/consultation-guests/join' }).input(GuestKey).output(GuestAnswer),
  opinion: oc.route({ method: 'GET', path: '/consultations/{id}/opinion' }).input(ofId).output(OpinionView),
  saveOpinion: oc
    .route({ method: 'PUT', path: '/consultations/{id}/opinion' })
    .input(Changing.extend(OpinionBody.shape))
    .output(OpinionView),
  /** Freezes a version and sends it to every linked facility. `revision` is the opinion's. */
  signOpinion: oc
    .route({ method: 'POST', path: '/consultations/{id}/opinion/sign' })
    .input(Changing)
    .output(OpinionView),
  correctOpinion: oc
    .route({ method: 'POST', path: '/consultations/{id}/opinion/correct' })
    .input(Explained)
    .output(OpinionView),
  /** The requester has read the opinion. */
  acknowledge: oc
    .route({ method: 'POST', path: '/consultations/{id}/acknowledge' })
    .input(ofId.extend({ rating: z.number().int().min(1).max(5).optional(), comment: Text(500).default('') }))
    .output(ConsultationView),
  chat: oc
    .route({ method: 'GET', path: '/consultations/{id}/chat' })
    .input(ofId)
    .output(z.object({ lines: z.array(ChatLine), isWhole: z.boolean() })),
  timeline: oc
    .route({ method: 'GET', path: '/consultations/{id}/timeline' })
    .input(ofId)
    .output(
      z.object({
        events: z.array(
          z.object({ at: Instant, kind: z.string(), byName: z.string().nullable(), reason: z.string().nullable() }),
        ),
        attendance: z.array(Attendance),
        interruptions: z.array(z.object({ name: z.string(), from: Instant, to: Instant.nullable() })),
        durationSeconds: z.number().int(),
      }),
    ),
};
