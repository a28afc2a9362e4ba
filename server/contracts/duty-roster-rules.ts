import { daysOfWeek, mostInTurn } from './duty-roster.ts';
import { partsIn } from './report-dates.ts';

/** As `DutyShift`: whoever stands in it, by id or as a whole person. */
export interface ShiftOf<P> {
  from: string;
  to: string;
  days: ReadonlyArray<readonly P[]>;
}

/**
 * Who is on duty at an instant, in the order of calling: shift by shift as they stand in the roster, each person once.
 * The clock on the wall counts: where it is put forward a shift is an hour shorter, where it is put back an hour longer,
 * and nobody is on duty twice or not at all for it. `to` is the first minute in which a shift is over.
 * @param timeZone IANA name; an unknown one throws a RangeError
 * @returns at the most `mostInTurn`, also where shifts overlap; none where the roster has a gap
 */
export function onDutyAt<P>(shifts: ReadonlyArray<ShiftOf<P>>, timeZone: string, now: Date): P[] {
  const { day, clock } = wallClock(timeZone, now);
  const called = shifts.flatMap((shift) => {
    const began = dayItBegan(shift, day, clock);
    return began === null ? [] : (shift.days[began] ?? []);
  });
  return [...new Set(called)].slice(0, mostInTurn);
}

/** Of a shift that is on: the day of the week it began on, 0 is Monday; null where it is not on. */
function dayItBegan({ from, to }: { from: string; to: string }, day: number, clock: string): number | null {
  const endsNextDay = to <= from;
  if (!endsNextDay) return from <= clock && clock < to ? day : null;
  if (clock >= from) return day;
  return clock < to ? (day + daysOfWeek - 1) % daysOfWeek : null;
}

function wallClock(timeZone: string, at: Date): { day: number; clock: string } {
  const { year, month, day, hour, minute } = partsIn(at.toISOString(), timeZone);
  const sundayFirst = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
  return { day: (sundayFirst + daysOfWeek - 1) % daysOfWeek, clock: `${hour}:${minute}` };
}

/** The day of the week at an instant in a place, 0 is Monday. */
export const weekdayIn = (timeZone: string, at: Date): number => wallClock(timeZone, at).day;

/** A stretch of the week: days are 0 for Monday to 6, clocks as they stand in shifts. */
export interface WeekSpan {
  fromDay: number;
  from: string;
  toDay: number;
  to: string;
}
const dayMinutes = 1440;
const weekMinutes = daysOfWeek * dayMinutes;
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** When in the week nobody is on duty, from Monday on; what begins on Sunday may end on Monday. */
export function unattended<P>(shifts: ReadonlyArray<ShiftOf<P>>): WeekSpan[] {
  const isAttended = new Uint8Array(weekMinutes);
  for (const { from, to, days } of shifts)
    for (const [day, turn] of days.entries()) {
      if (turn.length === 0) continue;
      const begin = day * dayMinutes + minutesOf(from);
      const length = minutesOf(to) - minutesOf(from) + (to <= from ? dayMinutes : 0);
      for (let at = begin; at < begin + length; at++) isAttended[at % weekMinutes] = 1;
    }
  return gapsOf(isAttended);
}

function gapsOf(isAttended: Uint8Array): WeekSpan[] {
  const spans: WeekSpan[] = [];
  // From the first minute somebody is there, once around the week: a gap over Sunday night is one gap.
  const first = isAttended.indexOf(1);
  if (first === -1) return [{ fromDay: 0, from: '00:00', toDay: 0, to: '00:00' }];
  let gapFrom: number | null = null;
  for (let step = 0; step <= weekMinutes; step++) {
    const at = (first + step) % weekMinutes;
    if (isAttended[at] === 0) gapFrom ??= at;
    else if (gapFrom !== null) {
      spans.push(spanOf(gapFrom, at));
      gapFrom = null;
    }
  }
  return spans.toSorted((a, b) => a.fromDay - b.fromDay || (a.from < b.from ? -1 : 1));
}

const spanOf = (from: number, to: number): WeekSpan => ({
  ...{ fromDay: Math.floor(from / dayMinutes), from: clockOf(from % dayMinutes) },
  ...{ toDay: Math.floor(to / dayMinutes), to: clockOf(to % dayMinutes) },
});
