import type { OrderView } from '@lianzhen/contracts/orders.ts';
import { useNames } from '../../api/vocabulary.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';

type Progress = OrderView['progress'];
type Step = Progress['step'];

const tones: Record<Step, Tone> = {
  'waiting-for-images': 'quiet',
  'in-quarantine': 'warn',
  'in-queue': 'info',
  'being-read': 'info',
  'in-review': 'info',
  reported: 'good',
  returned: 'bad',
  withdrawn: 'quiet',
};

/** Where a request is, in a word. */
export function StepTag({ step }: { step: Step }) {
  const names = useNames();
  return <ToneTag tone={tones[step]}>{names('step', step)}</ToneTag>;
}

const urgencyTones = { emergency: 'bad', urgent: 'warn', routine: 'quiet' } as const satisfies Record<string, Tone>;

/** Urgency is told only where there is one. */
export function UrgencyTag({ urgency }: { urgency: OrderView['urgency'] }) {
  const names = useNames();
  if (urgency === 'routine') return null;
  return <ToneTag tone={urgencyTones[urgency]}>{names('urgency', urgency)}</ToneTag>;
}
