import { type DutyShift, daysOfWeek, mostInTurn } from '@lianzhen/contracts/duty-roster.ts';
import { alarmHopSeconds } from '@lianzhen/contracts/ecg-alarms.ts';

/** How long each who is called has. */
export const hopMinutes = alarmHopSeconds / 60;

const nobody = (): string[][] => Array.from({ length: daysOfWeek }, () => []);

/** What an ECG room of a county hospital begins with: the day and the night. */
export const usualShifts = (): DutyShift[] => [
  { from: '08:00', to: '17:30', days: nobody() },
  { from: '17:30', to: '08:00', days: nobody() },
];

/** One more shift: from where the last one ends, to where the first one begins. */
export function withAnother(shifts: readonly DutyShift[]): DutyShift[] {
  const from = shifts.at(-1)?.to ?? '08:00';
  return [...shifts, { from, to: shifts[0]?.from ?? from, days: nobody() }];
}

export const withShift = (shifts: readonly DutyShift[], at: number, part: Partial<DutyShift>): DutyShift[] =>
  shifts.map((shift, index) => (index === at ? { ...shift, ...part } : shift));

/** Puts persons into a turn, in the order of calling; one too many is left out. */
export const withTurn = (shift: DutyShift, day: number, ids: readonly string[]): DutyShift => ({
  ...shift,
  days: shift.days.map((turn, index) => (index === day ? ids.slice(0, mostInTurn) : turn)),
});

/** Every day as Monday is. */
export const asMonday = (shift: DutyShift): DutyShift => ({
  ...shift,
  days: shift.days.map(() => [...(shift.days[0] ?? [])]),
});

export const isSameWeek = (a: readonly DutyShift[], b: readonly DutyShift[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Whether a shift ends on the day after the one it begins on. */
export const endsNextDay = ({ from, to }: Pick<DutyShift, 'from' | 'to'>): boolean => to <= from;
