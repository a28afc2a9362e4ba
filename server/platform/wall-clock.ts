import { Temporal } from 'temporal-polyfill';

/**
 * The instant at which the clock of a place shows a time: `2026-12-01T09:05`, seconds and less as well. A time that the
 * clock skips is as much later; of one that it shows twice it is the first.
 * @param timeZone IANA name
 * @returns undefined for what is no time of the calendar
 * @throws RangeError for an unknown time zone
 */
export function instantAt(wall: string, timeZone: string): Date | undefined {
  const shown = plainOf(wall);
  return shown && new Date(shown.toZonedDateTime(timeZone).epochMilliseconds);
}

function plainOf(wall: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(wall, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** The instant at which a day (`2026-12-01`) begins in a place. @throws RangeError for what is no day, or no time zone */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);
