import { dayIn } from './agreement-rules.ts';
import { startOfDay } from './wall-clock.ts';

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

export interface Standing {
  standing: 'in-force' | 'coming' | 'past' | 'passed-over';
  /** When the next one takes its place. */
  until: Date | null;
}

/**
 * Which of a centre's lists counts: the last that was published of those whose day has come. One that was replaced before
 * its day came is passed over and never counts.
 * @param versions of one centre, in any order
 */
export function standingsOf(
  versions: ReadonlyArray<{ version: number; validFrom: Date }>,
  now: Date,
): Map<number, Standing> {
  const sorted = versions.toSorted((a, b) => a.version - b.version);
  const isPassedOver = ({ version, validFrom }: { version: number; validFrom: Date }) =>
    sorted.some((later) => later.version > version && later.validFrom <= validFrom);
  const counting = sorted.filter((one) => !isPassedOver(one));
  const current = counting.findLast(({ validFrom }) => validFrom <= now);
  return new Map(
    sorted.map((one): [number, Standing] => {
      const place = counting.indexOf(one);
      if (place < 0) return [one.version, { standing: 'passed-over', until: null }];
      const standing = one === current ? 'in-force' : one.validFrom > now ? 'coming' : 'past';
      return [one.version, { standing, until: counting[place + 1]?.validFrom ?? null }];
    }),
  );
}
