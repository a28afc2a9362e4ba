import { z } from 'zod';
import type { Transitions } from './transitions.ts';

/**
 * 草稿 已提交 补充材料 已受理 已谢绝 已排期 会诊中 意见待签 已出具意见 已评价 已归档 已取消 已终止, and 爽约 for an appointment
 * to which nobody, or only one side, came. A draft is a row of its own and has no state.
 */
export const ConsultationState = z.enum([
  'submitted',
  'supplement-asked',
  'accepted',
  'scheduled',
  'live',
  'opinion-due',
  'concluded',
  'acknowledged',
  'archived',
  'declined',
  'cancelled',
  'missed',
  'terminated',
]);
export type ConsultationState = z.infer<typeof ConsultationState>;
export const consultationTransitions: Transitions<ConsultationState> = {
  submitted: ['supplement-asked', 'accepted', 'scheduled', 'declined', 'cancelled'],
  'supplement-asked': ['submitted', 'accepted', 'scheduled', 'declined', 'cancelled'],
  // Another agreed time puts the others' answers back; an expert who falls out leaves it to the ones still asked.
  accepted: ['live', 'scheduled', 'submitted', 'declined', 'cancelled', 'missed'],
  scheduled: ['live', 'accepted', 'submitted', 'declined', 'cancelled', 'missed'],
  live: ['opinion-due', 'concluded', 'terminated'],
  // Ended by mistake: the first to come back reopens the session.
  'opinion-due': ['live', 'concluded', 'terminated'],
  concluded: ['acknowledged'],
  acknowledged: ['archived', 'concluded'],
  archived: [],
  declined: ['archived'],
  cancelled: ['archived'],
  missed: ['archived'],
  terminated: ['archived'],
};

/** Nothing more is owed. From then on the invited facilities read the attached studies for `readableAfterDays` only. */
export const isClosed = (state: string): boolean =>
  ['concluded', 'acknowledged', 'archived', 'declined', 'cancelled', 'missed', 'terminated'].includes(state);
/** Before the session: what can be cancelled, answered and appointed. */
export const waitingStates: readonly ConsultationState[] = ['submitted', 'supplement-asked', 'accepted', 'scheduled'];
/** Waiting for its experts, its hour or its opinion: what a case says of the consultation that was made from it. */
export const isOpen = (state: string): boolean => !isClosed(state);

export const InvitationState = z.enum([
  'waiting',
  'time-proposed',
  'supplement-asked',
  'accepted',
  'declined',
  /** Another expert of the same facility took it after it had been passed on, or the consultation closed before. */
  'superseded',
]);
export type InvitationState = z.infer<typeof InvitationState>;
export const invitationTransitions: Transitions<InvitationState> = {
  waiting: ['accepted', 'declined', 'time-proposed', 'supplement-asked', 'superseded'],
  'time-proposed': ['accepted', 'waiting', 'declined', 'superseded'],
  'supplement-asked': ['waiting', 'accepted', 'declined', 'superseded'],
  accepted: ['waiting', 'declined', 'superseded'],
  declined: [],
  superseded: [],
};

/**
 * How a person stands to a consultation. requester: a doctor of the facility that asked; linked: one of the others on its
 * side (who sent the original order, its centre, the patient's clinic); invited: asked and not yet accepted; expert:
 * accepted; observer: everybody else of these facilities.
 */
export const Standing = z.enum(['requester', 'linked', 'invited', 'expert', 'observer']);
export type Standing = z.infer<typeof Standing>;

export const ConsultationAct = z.enum([
  'accept',
  'propose-time',
  'decline',
  'ask-supplement',
  'agree-time',
  'refuse-time',
  'supplement',
  'invite',
  'cancel',
  'terminate',
  'join',
  'invite-guest',
  'write-opinion',
  'sign-opinion',
  'correct-opinion',
  'acknowledge',
  'explain',
]);
export type ConsultationAct = z.infer<typeof ConsultationAct>;

interface ActRule {
  by: readonly Standing[];
  from: readonly ConsultationState[];
  needsReason?: true;
}
const beforeLive = waitingStates;
/** The one table of who may do what and when. What is not listed is refused. */
export const consultationActs: Record<ConsultationAct, ActRule> = {
  accept: { by: ['invited'], from: [...beforeLive, 'live', 'opinion-due'] },
  'propose-time': { by: ['invited'], from: beforeLive },
  // An expert who cannot come after all says so before it begins.
  decline: { by: ['invited', 'expert'], from: [...beforeLive, 'live', 'opinion-due'], needsReason: true },
  'ask-supplement': { by: ['invited'], from: ['submitted', 'accepted', 'scheduled'] },
  'agree-time': { by: ['requester'], from: beforeLive },
  'refuse-time': { by: ['requester'], from: beforeLive },
  supplement: { by: ['requester', 'linked'], from: [...beforeLive, 'live', 'opinion-due'] },
  invite: { by: ['requester', 'expert'], from: [...beforeLive, 'live', 'opinion-due'] },
  cancel: { by: ['requester'], from: beforeLive, needsReason: true },
  terminate: { by: ['requester', 'expert'], from: ['live', 'opinion-due'], needsReason: true },
  join: {
    // The county centre that read the case and the clinic beside the patient belong in the room.
    by: ['requester', 'linked', 'expert', 'observer'],
    // Signed and even read, a session that goes on is still there to come back to.
    from: ['accepted', 'scheduled', 'live', 'opinion-due', 'concluded', 'acknowledged'],
  },
  'invite-guest': { by: ['requester', 'linked', 'expert'], from: ['accepted', 'scheduled', 'live'] },
  'write-opinion': { by: ['expert'], from: ['live', 'opinion-due', 'concluded', 'acknowledged'] },
  'sign-opinion': { by: ['expert'], from: ['live', 'opinion-due', 'concluded', 'acknowledged'] },
  'correct-opinion': { by: ['expert'], from: ['concluded', 'acknowledged'], needsReason: true },
  acknowledge: { by: ['requester'], from: ['concluded'] },
  explain: { by: ['requester', 'invited', 'expert'], from: ['missed'], needsReason: true },
};

export const mayAct = (act: ConsultationAct, standing: Standing, state: string): boolean => {
  const rule = consultationActs[act];
  return rule.by.includes(standing) && (rule.from as readonly string[]).includes(state);
};

/** From so long before the hour the room is open. */
export const openBeforeMinutes = 30;

interface Session {
  state: string;
  scheduledAt: Date | null;
  endedAt: Date | null;
}

/** From when the room of an appointment is open, where that is still to come. */
export function opensLater({ state, scheduledAt }: Pick<Session, 'state' | 'scheduledAt'>, now: Date): Date | null {
  if (state !== 'scheduled' || !scheduledAt) return null;
  const opensAt = new Date(scheduledAt.getTime() - openBeforeMinutes * 60_000);
  return opensAt > now ? opensAt : null;
}

/** The opinion is signed, and the session in which it was is over. */
export const isSessionOver = ({ state, endedAt }: Pick<Session, 'state' | 'endedAt'>): boolean =>
  (state === 'concluded' || state === 'acknowledged') && endedAt !== null;

/** So long after the hour, or after the acceptance of an immediate one, an empty room is a missed appointment. */
export const missedAfterMinutes = { appointment: 60, immediate: 120 } as const;
/** Before the hour everybody is reminded, so many minutes. */
export const reminderMinutes: readonly number[] = [60, 10];
/** The opinion is owed so long after the session; no source gives a figure, so it is a reminder and not a refusal. */
export const opinionDueHours = 24;
export const readableAfterDays = 7;
export const archivedAfterDays = 30;
/** The invited doctor has worked on his own for so long. */
export const independentYears = 3;
