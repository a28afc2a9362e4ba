import { dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { startOfDay } from '@lianzhen/platform/wall-clock.ts';

/** How far ahead a list may be published. */
const mostDaysAhead = 366;

/**
 * From when on a list counts that is published now: at once where its day is today, else from the beginning of its day.
 * @returns null for a day that has passed (what was judged stays judged) or lies more than a year ahead
 */
export function comesIntoForce(day: string, timeZone: string, now: Date): Date | null {
  const today = dayIn(timeZone, now);
  if (day === today) return now;
  const from = startOfDay(day, timeZone);
  return day < today || from.getTime() - now.getTime() > mostDaysAhead * 86_400_000 ? null : from;
}
