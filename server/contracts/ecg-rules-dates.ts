import { dayIn } from './agreement-rules.ts';
import { partsIn } from './report-dates.ts';

/** How far ahead a list may be published. */
const mostDaysAhead = 366;

/** The instant at which a day (`2026-12-01`) begins in a place. @param timeZone IANA name; an unknown one throws a RangeError */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const offsetAt = (instant: number) => {
    const { year, month, day: date, hour, minute, second } = partsIn(new Date(instant).toISOString(), timeZone);
    return Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`) - instant;
  };
  // Twice, because the clock may be changed between the two midnights.
  return new Date(midnight - offsetAt(midnight - offsetAt(midnight)));
}

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
