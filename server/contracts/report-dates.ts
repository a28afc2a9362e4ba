/**
 * An instant in the clock of a place, seconds included, the same in every language: `2026-03-01 09:05:00`.
 * @param instant ISO 8601 with offset
 * @param timeZone IANA name; an unknown one throws a RangeError
 */
export function instantText(instant: string, timeZone: string): string {
  const { year, month, day, hour, minute, second } = partsIn(instant, timeZone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** A day as DICOM (`20260301`) or ISO 8601 writes it, as ISO 8601 writes it; anything else stays as it is. */
export function dayText(day: string | null): string | null {
  const digits = /^(\d{4})-?(\d{2})-?(\d{2})(?=$|T)/.exec(day ?? '');
  return digits ? `${digits[1]}-${digits[2]}-${digits[3]}` : day;
}

/**
 * Age as Chinese records give it: years from 3 on, months from 1 month on, else days.
 * @returns null where the birth date is not known, not a day, or lies after the instant
 */
export function ageText(
  birthDate: string | null,
  at: string,
  timeZone: string,
  units: { years: string; months: string; days: string },
): string | null {
  const birth = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '');
  if (!birth) return null;
  const [bornYear, bornMonth, bornDay] = birth.slice(1).map(Number) as [number, number, number];
  const now = partsIn(at, timeZone);
  const [year, month, day] = [Number(now.year), Number(now.month), Number(now.day)];
  const days = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(bornYear, bornMonth - 1, bornDay)) / 86_400_000);
  if (!(days >= 0)) return null;
  const months = (year - bornYear) * 12 + month - bornMonth - (day < bornDay ? 1 : 0);
  if (months >= 36) return `${Math.floor(months / 12)}${units.years}`;
  return months >= 1 ? `${months}${units.months}` : `${days}${units.days}`;
}

/** Year, month, day, hour (00-23), minute and second of an instant in a place, each as digits. */
export function partsIn(instant: string, timeZone: string): Record<string, string> {
  const parts = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(instant));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}
