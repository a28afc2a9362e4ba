import type { ConsultationState, InvitationState } from '@lianzhen/contracts/consultation-states.ts';
import { useNames } from '../../api/vocabulary.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';

const tones: Record<ConsultationState, Tone> = {
  submitted: 'warn',
  'supplement-asked': 'warn',
  accepted: 'info',
  scheduled: 'info',
  live: 'good',
  'opinion-due': 'warn',
  concluded: 'good',
  acknowledged: 'good',
  archived: 'quiet',
  declined: 'bad',
  cancelled: 'quiet',
  missed: 'bad',
  terminated: 'bad',
};

export function StateTag({ state }: { state: ConsultationState }) {
  const names = useNames();
  return <ToneTag tone={tones[state]}>{names('consultationState', state)}</ToneTag>;
}

const answers: Record<InvitationState, Tone> = {
  waiting: 'warn',
  'time-proposed': 'warn',
  'supplement-asked': 'warn',
  accepted: 'good',
  declined: 'bad',
  superseded: 'quiet',
};

export function AnswerTag({ state }: { state: InvitationState }) {
  const names = useNames();
  return <ToneTag tone={answers[state]}>{names('invitationState', state)}</ToneTag>;
}
