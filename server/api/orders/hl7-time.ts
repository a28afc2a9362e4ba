import { partsIn } from '@lianzhen/contracts/report-dates.ts';

const stamp = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:(\d{2})(?:\.\d{1,4})?)?)?([+-]\d{4})?$/;

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
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return text;
  if (offset) return `${wall}${offset.slice(0, 3)}:${offset.slice(3)}`;
  // The offset of a place changes seldom: a second look settles the hours around a change.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(guess, timeZone)).toISOString();
}

/** Milliseconds by which the clock of a place is before UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(new Date(instant).toISOString(), timeZone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(instant / 1000) * 1000;
}
