import type { CaseState } from '@lianzhen/contracts/worklist.ts';
import { useNames } from '../../api/vocabulary.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { useWorklistText } from './texts.ts';

const tones: Record<CaseState, Tone> = {
  waiting: 'quiet',
  ready: 'info',
  reading: 'info',
  submitted: 'info',
  reviewing: 'info',
  rejected: 'bad',
  reported: 'good',
  returned: 'warn',
  withdrawn: 'quiet',
};

export function CaseStateTag({ state }: { state: CaseState }) {
  const t = useWorklistText();
  return <ToneTag tone={tones[state]}>{t(`state-${state}`)}</ToneTag>;
}

const urgencyTones = { emergency: 'bad', urgent: 'warn', routine: 'quiet' } as const;

export function UrgencyTag({ urgency }: { urgency: keyof typeof urgencyTones }) {
  const names = useNames();
  return <ToneTag tone={urgencyTones[urgency]}>{names('urgency', urgency)}</ToneTag>;
}
