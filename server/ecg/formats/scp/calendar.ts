import type { SectionCursor } from './section-cursor.ts';

/** Four bytes: year, month, day. Null where they name no day of the calendar. */
export function readDate(cursor: SectionCursor, what: string): string | null {
  const [year, month, day] = [cursor.u16(what), cursor.u8(what), cursor.u8(what)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= 1850 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? `${year}-${twoDigits(month)}-${twoDigits(day)}` : null;
}

/** Three bytes: hour, minute, second. Null where they name no time of a day. */
export function readTime(cursor: SectionCursor, what: string): string | null {
  const [hour, minute, second] = [cursor.u8(what), cursor.u8(what), cursor.u8(what)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

/** Minutes east of Greenwich as `+08:00`; null beyond the 13 hours that EN 1064 allows, and 14 that exist. */
export function zoneOf(minutes: number): string | null {
  if (Math.abs(minutes) > 14 * 60) return null;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
