import { expect, test } from 'vitest';
import { DutyShift, mostInTurn } from './duty-roster.ts';
import { onDutyAt, type ShiftOf, unattended, weekdayIn } from './duty-roster-rules.ts';

const everyDay = (...people: string[]) => Array.from({ length: 7 }, () => people);
const shift = (from: string, to: string, days: string[][]): ShiftOf<string> => ({ from, to, days });
/** Named by the day on which the shift begins. */
const byDay = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const each = byDay.map((name) => [name]);
const beijing = (local: string) => new Date(`${local}+08:00`);
const at = (shifts: ShiftOf<string>[], local: string) => onDutyAt(shifts, 'Asia/Shanghai', beijing(local));

// 2026-11-22 is a Sunday.
test('a shift of the day begins with its first minute and is over with its last', () => {
  const day = [shift('08:00', '17:30', each)];
  expect(at(day, '2026-11-23T07:59:59')).toEqual([]);
  expect(at(day, '2026-11-23T08:00:00')).toEqual(['Mon']);
  expect(at(day, '2026-11-23T17:29:59')).toEqual(['Mon']);
  expect(at(day, '2026-11-23T17:30:00')).toEqual([]);
});

test('a night belongs to the day on which it begins, over the end of the week too', () => {
  const night = [shift('17:30', '08:00', each)];
  expect(at(night, '2026-11-22T17:30:00')).toEqual(['Sun']);
  expect(at(night, '2026-11-22T23:59:59')).toEqual(['Sun']);
  expect(at(night, '2026-11-23T00:00:00')).toEqual(['Sun']);
  expect(at(night, '2026-11-23T07:59:59')).toEqual(['Sun']);
  expect(at(night, '2026-11-23T08:00:00')).toEqual([]);
  expect(at(night, '2026-11-24T03:00:00')).toEqual(['Mon']);
});

test('a shift of a day and a night has somebody at every minute', () => {
  const round = [shift('08:00', '08:00', each)];
  expect(at(round, '2026-11-23T07:59:59')).toEqual(['Sun']);
  expect(at(round, '2026-11-23T08:00:00')).toEqual(['Mon']);
  expect(unattended(round)).toEqual([]);
});

test('the clock of the place counts, not the hub’s', () => {
  const day = [shift('08:00', '17:30', each)];
  const instant = new Date('2026-11-22T23:30:00Z');
  expect(onDutyAt(day, 'Asia/Shanghai', instant)).toEqual([]);
  expect(onDutyAt(day, 'Asia/Tokyo', instant)).toEqual(['Mon']);
  expect(weekdayIn('Asia/Shanghai', instant)).toBe(0);
  expect(weekdayIn('UTC', instant)).toBe(6);
  expect(() => onDutyAt(day, 'Nowhere/Land', instant)).toThrow(RangeError);
});

test('where the clock is put forward or back, the hand-over is at the hour on the wall', () => {
  const berlin = (instant: string) =>
    onDutyAt(
      [shift('02:30', '14:00', everyDay('early')), shift('14:00', '02:30', everyDay('late'))],
      'Europe/Berlin',
      new Date(instant),
    );
  // 29 March 2026: 01:59 is followed by 03:00.
  expect(berlin('2026-03-29T00:59:00Z')).toEqual(['late']);
  expect(berlin('2026-03-29T01:00:00Z')).toEqual(['early']);
  // 25 October 2026: 02:59 is followed by 02:00, and for half an hour those of the night are asked again.
  expect(berlin('2026-10-25T00:30:00Z')).toEqual(['early']);
  expect(berlin('2026-10-25T01:00:00Z')).toEqual(['late']);
  expect(berlin('2026-10-25T01:30:00Z')).toEqual(['early']);
  for (let minute = 0; minute < 240; minute++)
    expect(berlin(new Date(Date.UTC(2026, 9, 24, 23, minute)).toISOString())).toHaveLength(1);
});

test('they are called in the order of the roster, each once, and not more than a turn holds', () => {
  const shifts = [
    shift('08:00', '18:00', everyDay('first', 'second')),
    shift('16:00', '08:00', everyDay('second', 'third', 'fourth', 'fifth')),
  ];
  expect(at(shifts, '2026-11-23T09:00:00')).toEqual(['first', 'second']);
  expect(at(shifts, '2026-11-23T17:00:00')).toEqual(['first', 'second', 'third', 'fourth']);
  expect(at(shifts, '2026-11-23T17:00:00')).toHaveLength(mostInTurn);
  expect(at([], '2026-11-23T17:00:00')).toEqual([]);
});

test('gaps are named from Monday on; one over Sunday night is one', () => {
  const weekdays = each.map((turn, day) => (day < 5 ? turn : []));
  expect(unattended([shift('08:00', '18:00', weekdays), shift('18:00', '08:00', weekdays)])).toEqual([
    { fromDay: 5, from: '08:00', toDay: 0, to: '08:00' },
  ]);
  expect(unattended([shift('00:00', '23:59', each)])).toHaveLength(7);
  expect(unattended([])).toEqual([{ fromDay: 0, from: '00:00', toDay: 0, to: '00:00' }]);
});

test('a roster names nobody twice in a turn, and has seven days', () => {
  const id = '0190a1b2-0000-7000-8000-000000000001';
  const days = Array.from({ length: 7 }, () => [id]);
  expect(DutyShift.safeParse({ from: '08:00', to: '08:00', days }).success).toBe(true);
  for (const wrong of [
    { days: [[id, id], ...days.slice(1)] },
    { days: days.slice(1) },
    { from: '24:00' },
    { to: '8:00' },
  ])
    expect(DutyShift.safeParse({ from: '08:00', to: '17:00', days, ...wrong }).success).toBe(false);
});
