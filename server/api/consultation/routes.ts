import type { consultationContract } from '@lianzhen/contracts/consultation.ts';
import type { UseCases } from '../http/bind.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { acknowledgeOpinion } from './acknowledge-opinion.ts';
import { createDraft, discardDraft, listDrafts, saveDraft } from './consultation-drafts.ts';
import { declineInvitation } from './decline-invitation.ts';
import { cancelConsultation, explainAbsence, terminateConsultation } from './end-consultation.ts';
import { draftFromCase } from './from-case.ts';
import { inviteExperts } from './invite-experts.ts';
import { inviteGuest, revokeGuest } from './invite-guest.ts';
import { joinAsGuest } from './join-as-guest.ts';
import { joinConsultation } from './join-consultation.ts';
import { listConsultations } from './list-consultations.ts';
import { listExperts } from './list-experts.ts';
import { listManagedExperts, saveExpert } from './manage-experts.ts';
import { readPictures } from './pictures/read-pictures.ts';
import { savePictures } from './pictures/save-pictures.ts';
import { agreeTime, proposeTime, refuseTime } from './propose-time.ts';
import { readChat } from './read-chat.ts';
import { readConsultation } from './read-consultation.ts';
import { readTimeline } from './read-timeline.ts';
import { sendConsultation } from './send-consultation.ts';
import { signOpinion } from './sign-opinion.ts';
import { askSupplement, supplementConsultation } from './supplement-consultation.ts';
import { correctOpinion, readOpinion, saveOpinion } from './write-opinion.ts';

export const consultationUseCases = {
  experts: listExperts,
  managedExperts: listManagedExperts,
  saveExpert,
  drafts: listDrafts,
  createDraft,
  fromCase: draftFromCase,
  saveDraft,
  discardDraft,
  send: sendConsultation,
  list: listConsultations,
  read: readConsultation,
  accept: acceptInvitation,
  proposeTime,
  decline: declineInvitation,
  askSupplement,
  agreeTime,
  refuseTime,
  supplement: supplementConsultation,
  invite: inviteExperts,
  cancel: cancelConsultation,
  terminate: terminateConsultation,
  explain: explainAbsence,
  join: joinConsultation,
  inviteGuest,
  revokeGuest,
  joinAsGuest,
  opinion: readOpinion,
  saveOpinion,
  signOpinion,
  correctOpinion,
  acknowledge: acknowledgeOpinion,
  chat: readChat,
  timeline: readTimeline,
  pictures: readPictures,
  savePictures,
} satisfies UseCases<typeof consultationContract>;
