import { instantAt } from '@lianzhen/platform/wall-clock.ts';

/** DTM of v2.5.1 (2.A.22) to the day or the minute. Its clock has no second 60, and no leap second therefore. */
const stamp = /^(\d{4})(\d{2})(\d{2})(?:([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(?:\.\d{1,4})?)?)?([+-][01]\d[0-5]\d)?$/;

/** The day of a date or time stamp, `1960-05-01`; what is no date stays as it is, to be named as wrong. */
export function dayOf(text: string): string | null {
  if (text === '') return null;
  const [, year, month, day] = stamp.exec(text) ?? [];
  return year ? `${year}-${month}-${day}` : text;
}

/**
 * The instant of a time stamp in ISO 8601; one without an offset is in the clock of its sender.
 * @returns the text as it is where it is no time stamp to the minute
 */
export function instantOf(text: string, timeZone: string): string {
  const [, year, month, day, hour, minute, second = '00', offset] = stamp.exec(text) ?? [];
  if (!year || !hour) return text;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const instant = instantAt(wall, timeZone);
  if (!instant) return text;
  return offset ? `${wall}${offset.slice(0, 3)}:${offset.slice(3)}` : instant.toISOString();
}
