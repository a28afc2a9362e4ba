import type { ReactNode } from 'react';

/** quiet: nothing to do; info: under way; good: done; warn: look here; bad: act now. */
export type Tone = 'quiet' | 'info' | 'good' | 'warn' | 'bad';

/** A state in a word, with a mark beside the colour for those who do not see colours apart. */
export function ToneTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`tone tone-${tone}`}>{children}</span>;
}
