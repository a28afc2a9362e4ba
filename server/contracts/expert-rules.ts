import { dayIn } from './agreement-rules.ts';
import type { DutyHours, ExpertLack } from './consultation-experts.ts';
import { independentYears } from './consultation-states.ts';
import { Title } from './identity.ts';
import { partsIn } from './report-dates.ts';

export interface DutyFacts {
  hours: readonly DutyHours[];
  override: { isOnDuty: boolean; until: Date } | null;
  timeZone: string;
}
const minuteMs = 60_000;

/** Whether somebody is on duty: what was said by hand counts before the week's hours, until it runs out. */
export function isOnDuty({ hours, override, timeZone }: DutyFacts, now: Date): boolean {
  if (override && override.until > now) return override.isOnDuty;
  const { weekday, clock } = weekTimeIn(timeZone, now);
  return hours.some((span) => span.weekday === weekday && span.from <= clock && clock <= span.to);
}

/**
 * When somebody who is not on duty is so next, to the minute.
 * @returns null where his hours name no time within eight days, or he is on duty now
 */
export function nextOnDuty(facts: DutyFacts, now: Date): Date | null {
  if (isOnDuty(facts, now) || facts.hours.length === 0) return null;
  const { override, hours, timeZone } = facts;
  const away = override && override.until > now ? override.until : now;
  const start = Math.floor(away.getTime() / minuteMs) * minuteMs;
  const weekly = { hours, override: null, timeZone };
  // From one quarter of an hour to the next, then back to the minute: spans shorter than that are not hours of duty.
  for (let at = start; at < start + 8 * 86_400_000; at += 15 * minuteMs) {
    if (!isOnDuty(weekly, new Date(at))) continue;
    let first = at;
    while (first - minuteMs > start && isOnDuty(weekly, new Date(first - minuteMs))) first -= minuteMs;
    return new Date(Math.max(first, away.getTime()));
  }
  return null;
}

function weekTimeIn(timeZone: string, at: Date): { weekday: number; clock: string } {
  const { year, month, day, hour, minute } = partsIn(at.toISOString(), timeZone);
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
  return { weekday: weekday === 0 ? 7 : weekday, clock: `${hour}:${minute}` };
}

const titles: readonly string[] = Title.options;
/** Whether a title is the one that was asked for or above it. */
export const isAtLeast = (title: string | null, wanted: string): boolean =>
  title !== null && titles.indexOf(title) >= titles.indexOf(wanted);

export interface ExpertFacts {
  licenceNumber: string | null;
  title: string | null;
  specialty: string;
  /** A day, `2015-07-01`; empty where the directory does not know. */
  independentSince: string | null;
  timeZone: string;
}
/** What keeps somebody from being invited; being registered at the facility is a matter of the directory. */
export function expertLacks(
  expert: ExpertFacts,
  wanted: { title?: string | undefined; specialty?: string | undefined },
  now: Date,
): ExpertLack[] {
  const { licenceNumber, title, specialty, independentSince, timeZone } = expert;
  return [
    ...(licenceNumber ? [] : (['no-licence'] as const)),
    ...(wanted.title === undefined || isAtLeast(title, wanted.title) ? [] : (['too-junior'] as const)),
    ...(independentSince && yearsBefore(dayIn(timeZone, now), independentYears) >= independentSince
      ? []
      : (['too-few-years'] as const)),
    ...(wanted.specialty === undefined || specialty === wanted.specialty ? [] : (['other-specialty'] as const)),
  ];
}

const yearsBefore = (day: string, years: number): string =>
  `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`;

/** An opinion from outside on pathology is signed by 副主任医师 or above. */
export const maySignOpinion = (specialty: string, title: string | null): boolean =>
  specialty !== 'pathology' || isAtLeast(title, 'associate-chief');
