import { maxDeliveryAttempts } from '@lianzhen/contracts/delivery.ts';
import { abandonAfterMs, placesOf } from './pace.ts';
import type { Later } from './store.ts';

/** What is known about a delivery while its destination is locked. */
export interface Standing {
  state: string;
  attemptCount: number;
  nextAttemptAt: Date | null;
  sentAt: Date | null;
  hasDocument: boolean;
  destination: { enabled: boolean; pausedUntil: Date | null; failures: number };
  /** What the destination has for an answer. */
  timeoutMs: number | undefined;
  /** Attempts to this destination that are out now, this delivery's own not counted. */
  inFlight: number;
  /** Whether an earlier version of the same report is out to the same destination now. */
  isEarlierInFlight: boolean;
  /** What goes to the same destination in its place. */
  later: Later | null;
}
export type Decision =
  | { do: 'send' }
  | { do: 'supersede'; by: Later }
  | { do: 'give-up' }
  | { do: 'wait'; why: 'decided' | 'out' | 'not-due' | 'disabled' | 'paused' | 'no-document' | 'behind' | 'busy' };

/** An attempt whose worker has not come back in time. */
export const isAbandoned = (sentAt: Date | null, timeoutMs: number | undefined, now: Date): boolean =>
  sentAt !== null && now.getTime() - sentAt.getTime() > abandonAfterMs(timeoutMs);

/**
 * Whether a delivery may go out now. Versions of one report reach one destination in their order: a later one waits
 * while an earlier one is out, and an earlier one that was not delivered yet is never sent once a later one exists: two
 * versions must never both circulate. The same holds for a version under a wrong and the right patient.
 */
export function decide(standing: Standing, now: Date): Decision {
  const { state, destination } = standing;
  if (state !== 'waiting' && state !== 'sent') return { do: 'wait', why: 'decided' };
  if (state === 'sent' && !isAbandoned(standing.sentAt, standing.timeoutMs, now)) return { do: 'wait', why: 'out' };
  if (standing.later) return { do: 'supersede', by: standing.later };
  if (state === 'sent' && standing.attemptCount >= maxDeliveryAttempts) return { do: 'give-up' };
  if (state === 'waiting' && standing.nextAttemptAt && standing.nextAttemptAt > now)
    return { do: 'wait', why: 'not-due' };
  if (!destination.enabled) return { do: 'wait', why: 'disabled' };
  if (destination.pausedUntil && destination.pausedUntil > now) return { do: 'wait', why: 'paused' };
  if (!standing.hasDocument) return { do: 'wait', why: 'no-document' };
  if (standing.isEarlierInFlight) return { do: 'wait', why: 'behind' };
  if (standing.inFlight >= placesOf(destination.failures)) return { do: 'wait', why: 'busy' };
  return { do: 'send' };
}
