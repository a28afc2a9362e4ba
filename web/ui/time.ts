import dayjs from 'dayjs';
import type { Language } from '../api/texts.ts';

/** All times are shown in the time zone of the machine in front of the person. */
const sameDay = (a: dayjs.Dayjs, b: dayjs.Dayjs) => a.format('YYYY-MM-DD') === b.format('YYYY-MM-DD');

/** Time of day for today, with the date for another day, with the year for another year. */
export function shortTime(instant: string | Date, now: Date = new Date()): string {
  const at = dayjs(instant);
  if (sameDay(at, dayjs(now))) return at.format('HH:mm');
  return at.format(at.year() === now.getFullYear() ? 'MM-DD HH:mm' : 'YYYY-MM-DD HH:mm');
}

export const fullTime = (instant: string | Date): string => dayjs(instant).format('YYYY-MM-DD HH:mm:ss');

/** A span in words: "3 分钟", "2 小时 5 分", "4 天". Less than a minute is told as such. */
export function spanText(ms: number, language: Language): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const zh = language === 'zh';
  if (minutes < 1) return zh ? '不到 1 分钟' : 'less than a minute';
  if (minutes < 60) return zh ? `${minutes} 分钟` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours < 24) return zh ? `${hours} 小时${rest ? ` ${rest} 分` : ''}` : `${hours} h${rest ? ` ${rest} min` : ''}`;
  const days = Math.floor(hours / 24);
  return zh ? `${days} 天` : `${days} d`;
}

/**
 * Age as Chinese records write it (domain.md data set of a request): years from three on, months below, days below one month.
 * @param birthDate YYYY-MM-DD
 */
export function ageText(birthDate: string | null, language: Language, now: Date = new Date()): string {
  if (!birthDate) return '';
  const birth = dayjs(birthDate);
  const today = dayjs(now);
  if (!birth.isValid() || birth.isAfter(today)) return '';
  const zh = language === 'zh';
  const years = today.diff(birth, 'year');
  if (years >= 3) return zh ? `${years} 岁` : `${years} y`;
  const months = today.diff(birth, 'month');
  if (months >= 1) return zh ? `${months} 月` : `${months} mo`;
  const days = today.diff(birth, 'day');
  return zh ? `${days} 天` : `${days} d`;
}
