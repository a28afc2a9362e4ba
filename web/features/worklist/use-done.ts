import { useEffect, useState } from 'react';
import type { DoneKind } from './desk-parts.ts';
import type { Kase } from './use-open-case.ts';

/** The states a case may be in while it still is where one's own act has brought it; the first is the one before. */
const stillSo: Record<DoneKind, readonly Kase['state'][]> = {
  submitted: ['reading', 'submitted', 'reviewing'],
  preliminary: ['reading', 'submitted', 'reviewing'],
  approved: ['reviewing', 'reported'],
  rejected: ['reviewing', 'rejected'],
  abandoned: ['reading', 'reported'],
};

/** What one has just done with the case, until somebody else moves it on. */
export function useDone({ state }: Kase) {
  const [done, setDone] = useState<DoneKind>();
  useEffect(() => setDone((now) => (now && stillSo[now].includes(state) ? now : undefined)), [state]);
  return [done, setDone] as const;
}
