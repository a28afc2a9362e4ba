import type { z } from 'zod';
import type { CaseState, LeasePurpose } from './worklist.ts';

type Purpose = z.infer<typeof LeasePurpose>;

/** What one claims a case for, by its state; null where it cannot be claimed. Held cases say what they are held for. */
export function purposeOf(state: CaseState | string): Purpose | null {
  if (state === 'ready' || state === 'rejected' || state === 'reading') return 'read';
  return state === 'submitted' || state === 'reviewing' ? 'review' : null;
}

/** The state of a case that somebody holds for this purpose. */
export const heldState: Record<Purpose, CaseState> = { read: 'reading', review: 'reviewing' };

/**
 * Where a case goes when its holder lets go of it or his lease runs out.
 * @param isRejected its report was sent back by a reviewer and is not signed again yet: it stays first with its writer
 * @returns null where nobody can be holding it
 */
export function stateWithoutHolder(state: CaseState | string, isRejected: boolean): CaseState | null {
  if (state === 'reading') return isRejected ? 'rejected' : 'ready';
  return state === 'reviewing' ? 'submitted' : null;
}

/** States in which a report is owed; the clock runs once the data is complete. */
export const owedStates = [
  'waiting',
  'ready',
  'reading',
  'submitted',
  'reviewing',
  'rejected',
] as const satisfies CaseState[];
/** What is over, and grows without end: nobody counts it further than `mostAhead`. */
export const overStates = ['reported', 'withdrawn'] as const satisfies CaseState[];

/**
 * Whether an order's evidence is complete, so that its case may be read: every exam that was not cancelled has images
 * that are matched to it.
 */
export function isEvidenceComplete(
  exams: ReadonlyArray<{ state: string; studies: ReadonlyArray<{ state: string; instanceCount: number }> }>,
): boolean {
  const owed = exams.filter((exam) => exam.state !== 'cancelled');
  const has = (exam: (typeof owed)[number]) =>
    exam.studies.some((study) => study.state === 'matched' && study.instanceCount > 0);
  return owed.length > 0 && owed.every(has);
}

/** Until when a report is owed on evidence that was complete at `readyAt`. */
export const dueAfter = (readyAt: Date, deadlineMinutes: number): Date =>
  new Date(readyAt.getTime() + deadlineMinutes * 60_000);
