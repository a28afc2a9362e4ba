import type { ConsultationState } from '@lianzhen/contracts/consultation-states.ts';
import { linkOptions } from '@tanstack/react-router';
import dayjs from 'dayjs';
import type { Outputs } from '../../api/client.ts';
import type { Todo } from './todo.ts';

type Row = Outputs['consultation']['list']['rows'][number];

/** The states in which something may wait for somebody. */
export const waitingConsultations: ConsultationState[] = [
  ...(['submitted', 'supplement-asked', 'accepted', 'scheduled', 'live', 'opinion-due'] as const),
];

/** An invitation that waits for this person or for anybody of his hospital, as long as it is not answered. */
export const isInvited = (row: Row): boolean =>
  row.state !== 'opinion-due' && row.invited.some(({ isMine, state }) => isMine && state === 'waiting');

/** Under way, to begin at once, or appointed for the day in the zone of the person's machine. */
function isToday({ state, isImmediate, scheduledAt }: Row, now: Date): boolean {
  if (state === 'live') return true;
  if (state !== 'accepted' && state !== 'scheduled') return false;
  return scheduledAt ? dayjs(scheduledAt).isSame(now, 'day') : isImmediate;
}

/** What a consultation asks of this person: an answer with its clock, to be there today, or the opinion that he owes. */
export function fromConsultation(row: Row, now: Date): Todo[] {
  const base = {
    who: row.patient.name,
    text: `${row.requestingFacility.name} ${row.requesterName}`,
    at: row.scheduledAt ?? row.submittedAt,
    link: linkOptions({ to: '/consultations/$consultationId', params: { consultationId: row.id } }),
  };
  if (isInvited(row)) {
    const clock = row.dueAt ? { at: row.dueAt, dueAt: row.dueAt } : {};
    const tone = row.isOverdue || row.urgency === 'emergency' ? 'bad' : 'warn';
    return [{ ...base, ...clock, key: `invitation-${row.id}`, kind: 'invitation', tone }];
  }
  const hasPart = row.standing === 'expert' || row.standing === 'requester';
  if (hasPart && isToday(row, now))
    return [{ ...base, key: `session-${row.id}`, kind: 'session', tone: row.state === 'live' ? 'good' : 'info' }];
  if (row.state === 'opinion-due' && row.standing === 'expert')
    return [{ ...base, key: `opinion-${row.id}`, kind: 'opinion', tone: 'warn' }];
  return [];
}
