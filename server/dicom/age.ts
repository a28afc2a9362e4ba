import { type LocalTime, parseDate, parseTime } from './dates.ts';

export type AgeUnit = 'year' | 'month' | 'week' | 'day' | 'hour';

/** An age as data: the page says it in its language. `days` are the days beyond full months of a child under one year. */
export interface Age {
  value: number;
  unit: AgeUnit;
  days?: number;
}

interface Ymd {
  year: number;
  month: number;
  day: number;
}

function partsOf(date: string): Ymd {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
}

/** Full months between two days; a month is full on the same day of a later month, or on that month's last. */
function fullMonths(from: Ymd, to: Ymd): number {
  const lastDay = new Date(Date.UTC(to.year, to.month, 0)).getUTCDate();
  const isFull = to.day >= Math.min(from.day, lastDay);
  return (to.year - from.year) * 12 + to.month - from.month - (isFull ? 0 : 1);
}

/** The day that lies `months` after, kept within its month. */
function addMonths(from: Ymd, months: number): number {
  const first = new Date(Date.UTC(from.year, from.month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.setUTCDate(Math.min(from.day, lastDay));
}

/**
 * The age at a study, in the units of the Chinese medical record's front page: full years from one year on, below that
 * full months and days, below a month days, and hours on the first day where the time of birth is known.
 * @param birth DA and TM of birth
 * @param study DA and TM of the study
 * @returns undefined when a date is not readable or the study is before the birth
 */
export function ageAt(birth: { da?: string; tm?: string }, study: { da?: string; tm?: string }): Age | undefined {
  const born = localTime(birth);
  const taken = localTime(study);
  if (!born || !taken) return undefined;
  const from = partsOf(born.date);
  const to = partsOf(taken.date);
  const days = Math.round((Date.parse(taken.date) - Date.parse(born.date)) / 86_400_000);
  if (days < 0) return undefined;
  const months = fullMonths(from, to);
  if (months >= 12) return { value: Math.floor(months / 12), unit: 'year' };
  if (months >= 1) {
    const rest = Math.round((Date.parse(taken.date) - addMonths(from, months)) / 86_400_000);
    return { value: months, unit: 'month', days: rest };
  }
  if (days <= 1 && born.time && taken.time) {
    const hours = (Date.parse(`${taken.date}T${taken.time}Z`) - Date.parse(`${born.date}T${born.time}Z`)) / 3_600_000;
    if (hours < 0) return undefined;
    if (hours < 24) return { value: Math.floor(hours), unit: 'hour' };
  }
  return { value: days, unit: 'day' };
}

function localTime({ da, tm }: { da?: string; tm?: string }): LocalTime | undefined {
  const date = parseDate(da);
  const time = parseTime(tm);
  return date ? { date, ...(time ? { time } : {}) } : undefined;
}

const AS_UNITS: Readonly<Record<string, AgeUnit>> = { Y: 'year', M: 'month', W: 'week', D: 'day' };

/** AS (PS3.5 6.2), as `034Y`; fewer digits are read too. */
export function parseAge(as: string | undefined): Age | undefined {
  const parts = /^(\d{1,3})([YMWD])$/i.exec((as ?? '').trim());
  const unit = AS_UNITS[parts?.[2]?.toUpperCase() ?? ''];
  return parts && unit ? { value: Number(parts[1]), unit } : undefined;
}
