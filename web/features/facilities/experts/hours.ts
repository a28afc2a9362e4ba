import type { DutyHours } from '@lianzhen/contracts/consultation-experts.ts';

/** The same hours on some days of the week; 1 is Monday. */
export interface HoursLine {
  days: number[];
  from: string;
  to: string;
}

export const weekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
export const mostLines = 7;

/** How most departments work, and who may be asked at any time. */
export const officeHours = (): HoursLine[] => [
  { days: [1, 2, 3, 4, 5], from: '08:00', to: '12:00' },
  { days: [1, 2, 3, 4, 5], from: '14:00', to: '17:30' },
];
export const anyTime = (): HoursLine[] => [{ days: [...weekdays], from: '00:00', to: '23:59' }];

/** The spans of a week, those of the same hours in one line; the earliest first. */
export function linesOf(hours: readonly DutyHours[]): HoursLine[] {
  const lines = new Map<string, HoursLine>();
  for (const { weekday, from, to } of hours) {
    const line = lines.get(`${from}-${to}`) ?? { days: [], from, to };
    lines.set(`${from}-${to}`, line);
    if (!line.days.includes(weekday)) line.days.push(weekday);
  }
  return [...lines.values()]
    .map((line) => ({ ...line, days: line.days.toSorted() }))
    .toSorted((a, b) => (a.from + a.to).localeCompare(b.from + b.to));
}

export const hoursOf = (lines: readonly HoursLine[]): DutyHours[] =>
  lines.flatMap(({ days, from, to }) => days.map((weekday) => ({ weekday, from, to })));

export type LineFault = 'noDay' | 'backwards';
/** What of a line the hub would refuse or nobody could mean. */
export const faultOf = ({ days, from, to }: HoursLine): LineFault | undefined =>
  days.length === 0 ? 'noDay' : from >= to ? 'backwards' : undefined;

/** The lines of one week for reading: which days, as runs from one to another, and what hours they share. */
export function weekOf(
  hours: readonly DutyHours[],
): Array<{ runs: Array<[number, number]>; spans: Array<[string, string]> }> {
  const groups = new Map<string, { days: number[]; spans: Array<[string, string]> }>();
  for (const { days, from, to } of linesOf(hours)) {
    const group = groups.get(days.join()) ?? { days, spans: [] };
    groups.set(days.join(), group);
    group.spans.push([from, to]);
  }
  return [...groups.values()]
    .toSorted((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0))
    .map(({ days, spans }) => ({ runs: runsOf(days), spans }));
}

function runsOf(days: readonly number[]): Array<[number, number]> {
  const runs: Array<[number, number]> = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}
