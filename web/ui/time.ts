import { ageText as ageAt } from '@lianzhen/contracts/report-dates.ts';
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

const ageUnits = {
  zh: { years: ' 岁', months: ' 月', days: ' 天' },
  en: { years: ' y', months: ' mo', days: ' d' },
} as const;

/** Today's age, by the rule of the report; empty where it says none. @param birthDate YYYY-MM-DD */
export function ageText(birthDate: string | null, language: Language, now: Date = new Date()): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return ageAt(birthDate, now.toISOString(), timeZone, ageUnits[language]) ?? '';
}
