import type { z } from 'zod';
import { kindsForImages, type OrderState, type Progress, type ReturnKind } from './orders.ts';
import type { CaseState } from './worklist.ts';

export type OrderProgress = z.infer<typeof Progress>;
type Where = Pick<OrderProgress, 'step' | 'waitsFor' | 'holder'>;

/** What is known of an order's way. Times are instants; `ahead` counts the cases of the centre before this one. */
export interface ProgressFacts {
  orderState: OrderState | string;
  /** Of a returned one, what it was returned for; null where that was not kept. */
  returnedKind: ReturnKind | null;
  caseState: CaseState | string;
  /** Some of its images wait for a person to decide whose they are. */
  isQuarantined: boolean;
  /** A version was signed after review. */
  isSigned: boolean;
  requestingFacility: string;
  centre: string;
  /** Who holds the case now, if that lease is alive. */
  holder: string | null;
  writer: string | null;
  readyAt: Date | null;
  dueAt: Date | null;
  deadlineMinutes: number;
  ahead: number | null;
}

/** Where the request is, who has it, what it waits for and when it will be read at the latest. */
export function orderProgress(facts: ProgressFacts, now: Date): OrderProgress {
  const where = whereIs(facts);
  const isOwed = !['reported', 'returned', 'withdrawn'].includes(where.step);
  return {
    ...where,
    readyAt: facts.readyAt?.toISOString() ?? null,
    dueAt: facts.dueAt?.toISOString() ?? null,
    deadlineMinutes: facts.deadlineMinutes,
    ahead: where.step === 'in-queue' ? facts.ahead : null,
    isOverdue: isOwed && facts.dueAt !== null && facts.dueAt < now,
  };
}

function whereIs(facts: ProgressFacts): Where {
  const { centre, holder } = facts;
  if (facts.orderState === 'withdrawn') return { step: 'withdrawn', waitsFor: 'nothing', holder: null };
  if (facts.orderState === 'returned') {
    const isForImages = facts.returnedKind !== null && kindsForImages.includes(facts.returnedKind);
    return { step: 'returned', waitsFor: isForImages ? 'images' : 'supplement', holder: facts.requestingFacility };
  }
  switch (facts.caseState) {
    case 'waiting':
      return facts.isQuarantined
        ? { step: 'in-quarantine', waitsFor: 'identity-decision', holder: facts.requestingFacility }
        : { step: 'waiting-for-images', waitsFor: 'images', holder: facts.requestingFacility };
    case 'ready':
      // While a correction waits for its reader, the signed report is still the one that counts.
      return facts.isSigned
        ? { step: 'reported', waitsFor: 'reader', holder: centre }
        : { step: 'in-queue', waitsFor: 'reader', holder: centre };
    case 'reading':
    case 'rejected':
      return {
        step: facts.isSigned ? 'reported' : 'being-read',
        waitsFor: 'reader',
        holder: holder ?? facts.writer ?? centre,
      };
    case 'submitted':
    case 'reviewing':
      return { step: facts.isSigned ? 'reported' : 'in-review', waitsFor: 'reviewer', holder: holder ?? centre };
    default:
      return { step: 'reported', waitsFor: 'nothing', holder: null };
  }
}
