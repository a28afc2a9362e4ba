import { DutyShifts, mostInTurn } from '@lianzhen/contracts/duty-roster.ts';
import { unattended } from '@lianzhen/contracts/duty-roster-rules.ts';
import { expect, test } from 'vitest';
import { asMonday, endsNextDay, isSameWeek, usualShifts, withAnother, withShift, withTurn } from './duty-edit.ts';

const id = (n: number) => `0190a1b2-0000-7000-8000-00000000000${n}`;

test('the usual week is one that the hub takes, and with somebody in it has no gap', () => {
  const week = usualShifts();
  expect(DutyShifts.safeParse(week).success).toBe(true);
  expect(week.map(endsNextDay)).toEqual([false, true]);
  expect(unattended(week.map((shift) => asMonday(withTurn(shift, 0, [id(1)]))))).toEqual([]);
});

test('a turn takes as many as the hub does, in their order; Monday is copied, not shared', () => {
  const [day] = usualShifts();
  if (!day) throw new Error('no shift');
  const monday = withTurn(day, 0, [id(3), id(1), id(2), id(4), id(5)]);
  expect(monday.days[0]).toEqual([id(3), id(1), id(2), id(4)]);
  expect(monday.days[0]).toHaveLength(mostInTurn);
  const all = asMonday(monday);
  expect(all.days[6]).toEqual(monday.days[0]);
  expect(withTurn(all, 6, []).days[0]).toEqual(monday.days[0]);
  expect(day.days[0]).toEqual([]);
});

test('one more shift goes on where the last one ends; what was written is compared as a whole', () => {
  const week = usualShifts();
  expect(withAnother(week)[2]).toMatchObject({ from: '08:00', to: '08:00' });
  expect(withAnother([])[0]).toMatchObject({ from: '08:00', to: '08:00' });
  expect(isSameWeek(week, usualShifts())).toBe(true);
  expect(isSameWeek(week, withShift(week, 1, { to: '07:30' }))).toBe(false);
});
