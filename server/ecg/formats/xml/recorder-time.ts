import { warn, type XmlSource } from './xml-source.ts';

/** Whether a day exists, February of leap years included. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** YYYYMMDD of a day; null, with the warning `time-unreadable`, where there is no such day. */
export function birthDay(
  source: XmlSource,
  parts: readonly (string | undefined)[] | null | undefined,
  where: string,
): string | null {
  const [year = '', month = '', day = ''] = parts ?? [];
  if (isDay(Number(year), Number(month), Number(day))) return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  warn(source, 'time-unreadable', where);
  return null;
}

export interface TimeParts {
  readonly date: readonly [year: string, month: string, day: string];
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** `.5`, or nothing */
  readonly fraction?: string | undefined;
  /** `+0800`, `+08:00`, `Z`, or nothing */
  readonly zone?: string | undefined;
}

function isoZone(zone: string | undefined): string {
  if (!zone) return '';
  if (zone === 'Z') return '+00:00';
  return `${zone.slice(0, 3)}:${zone.slice(-2)}`;
}

/** `YYYY-MM-DDTHH:mm:ss(.SSS)(±HH:MM)` as trace.ts has it; null where there is no such time. */
export function isoTime({ date, hour, minute, second, fraction, zone }: TimeParts): string | null {
  const [year, month, day] = date;
  if (!isDay(Number(year), Number(month), Number(day))) return null;
  const offset = isoZone(zone);
  if (
    Number(hour) > 23 ||
    Number(minute) > 59 ||
    Number(second) > 59 ||
    Number(offset.slice(1, 3)) > 14 ||
    Number(offset.slice(4)) > 59
  )
    return null;
  const thousandths = Number(fraction) > 0 ? `.${(fraction ?? '').slice(1, 4).padEnd(3, '0')}` : '';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${thousandths}${offset}`;
}

/** `2020-03-01` and `10:15:30`, as Philips writes a moment. */
export function separateTime(
  source: XmlSource,
  date: string | undefined,
  time: string | undefined,
  where: string,
): string | null {
  if (!date?.trim() && !time?.trim()) return null;
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date?.trim() ?? '');
  return clockTime(source, day && [day[1] ?? '', day[2] ?? '', day[3] ?? ''], time, where);
}

/** A day with the time of a clock, `HH:MM` or `HH:MM:SS(.SSS)`. */
export function clockTime(
  source: XmlSource,
  date: readonly [string, string, string] | null,
  time: string | undefined,
  where: string,
): string | null {
  const clock = /^(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/.exec(time?.trim() ?? '');
  const [, hour = '', minute = '', second = '00', fraction] = clock ?? [];
  const moment = date && clock ? isoTime({ date, hour, minute, second, fraction }) : null;
  if (moment === null) warn(source, 'time-unreadable', where);
  return moment;
}
