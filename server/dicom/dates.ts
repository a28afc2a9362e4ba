/** A day and a time of day as a device wrote them, without a zone. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  date: string;
  /** `HH:MM:SS` or `HH:MM:SS.fff`; absent where only the day is known. */
  time?: string;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * DA (PS3.5 6.2) as `YYYY-MM-DD`; the `YYYY.MM.DD` of ACR-NEMA is read too.
 * @returns undefined when it is no day of the calendar
 */
export function parseDate(da: string | undefined): string | undefined {
  const parts = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/.exec((da ?? '').trim());
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return isDay(year, month, day) ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : undefined;
}

/**
 * TM (PS3.5 6.2) as `HH:MM:SS` or `HH:MM:SS.fff`; what is left out counts as zero, the leap second 60 as 59, and
 * `HH:MM:SS` of ACR-NEMA is read too.
 * @returns undefined when it is no time of day
 */
export function parseTime(tm: string | undefined): string | undefined {
  const parts = /^(\d{2}):?(\d{2})?:?(\d{2})?(?:\.(\d{1,6}))?$/.exec((tm ?? '').trim());
  if (!parts) return undefined;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  const second = Math.min(59, Number(parts[3] ?? 0));
  if (hour > 23 || minute > 59 || Number(parts[3] ?? 0) > 60) return undefined;
  const fraction = parts[4] ? `.${parts[4].padEnd(3, '0').slice(0, 3)}` : '';
  return `${pad(hour)}:${pad(minute)}:${pad(second)}${fraction}`;
}

/**
 * Minutes east of UTC from `&ZZXX` as in (0008,0201).
 * @returns undefined when it is none (PS3.5 6.2 allows -1200 to +1400)
 */
export function parseOffset(offset: string | undefined): number | undefined {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec((offset ?? '').trim());
  if (!parts) return undefined;
  const minutes = (Number(parts[2]) * 60 + Number(parts[3])) * (parts[1] === '-' ? -1 : 1);
  return Number(parts[3]) < 60 && minutes >= -720 && minutes <= 840 ? minutes : undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC in a zone at an instant. */
function offsetAt(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  return parseOffset(name.slice(3)) ?? 0;
}

export interface ZoneOptions {
  /** (0008,0201) of the same dataset. */
  timezoneOffset?: string | undefined;
  /** IANA zone of the device where the dataset does not tell, as `Asia/Shanghai`. */
  zone: string;
}

function toInstant({ date, time = '00:00:00' }: LocalTime, offset: number | undefined, zone: string): string {
  const utc = Date.parse(`${date}T${time}Z`);
  if (offset !== undefined) return new Date(utc - offset * 60_000).toISOString();
  // The offset depends on the instant that is sought: the second look is right except within a clock change.
  const guess = utc - offsetAt(zone, utc) * 60_000;
  return new Date(utc - offsetAt(zone, guess) * 60_000).toISOString();
}

/**
 * The instant of a DA and TM pair as ISO 8601 in UTC. Without a time it is the day's beginning.
 * @returns undefined when the date is not readable; an unreadable time counts as none
 */
export function toIsoInstant(da: string | undefined, tm: string | undefined, options: ZoneOptions): string | undefined {
  const date = parseDate(da);
  if (!date) return undefined;
  const time = parseTime(tm);
  return toInstant({ date, ...(time ? { time } : {}) }, parseOffset(options.timezoneOffset), options.zone);
}

/** `YYYY-MM-DD` as DA. */
export const toDa = (date: string): string => date.replaceAll('-', '');

/** `HH:MM:SS.fff` as TM. */
export const toTm = (time: string): string => time.replaceAll(':', '');

/** An ISO instant as DA and TM in a zone. */
export function daTmIn(instant: string, zone: string): { da: string; tm: string } {
  const at = Date.parse(instant);
  const [date = '', time = ''] = new Date(at + offsetAt(zone, at) * 60_000).toISOString().slice(0, 19).split('T');
  return { da: toDa(date), tm: toTm(time) };
}
