import { DutyHours } from '@lianzhen/contracts/consultation-experts.ts';
import { expect, test } from 'vitest';
import { anyTime, faultOf, hoursOf, linesOf, officeHours, weekOf } from './hours.ts';

test('the spans of a week become lines and come back as they were', () => {
  const hours = hoursOf(officeHours());
  expect(hours).toHaveLength(10);
  expect(linesOf(hours)).toEqual(officeHours());
  expect(linesOf(hours.toReversed())).toEqual(officeHours());
  expect(linesOf([])).toEqual([]);
});

test('what is offered is what the hub takes', () => {
  for (const lines of [officeHours(), anyTime()]) {
    expect(lines.map(faultOf)).toEqual(lines.map(() => undefined));
    expect(DutyHours.array().max(50).safeParse(hoursOf(lines)).success).toBe(true);
  }
  expect(faultOf({ days: [], from: '08:00', to: '12:00' })).toBe('noDay');
  expect(faultOf({ days: [1], from: '18:00', to: '08:00' })).toBe('backwards');
  expect(faultOf({ days: [1], from: '08:00', to: '08:00' })).toBe('backwards');
});

test('a week is read in runs of days that share their hours', () => {
  const saturday = { weekday: 6, from: '09:00', to: '11:00' };
  const wednesday = { weekday: 3, from: '19:00', to: '21:00' };
  expect(weekOf([saturday, ...hoursOf(officeHours()), wednesday])).toEqual([
    {
      runs: [[1, 5]],
      spans: [
        ['08:00', '12:00'],
        ['14:00', '17:30'],
      ],
    },
    { runs: [[3, 3]], spans: [['19:00', '21:00']] },
    { runs: [[6, 6]], spans: [['09:00', '11:00']] },
  ]);
  const apart = [1, 2, 4].map((weekday) => ({ weekday, from: '08:00', to: '12:00' }));
  expect(weekOf(apart)[0]?.runs).toEqual([
    [1, 2],
    [4, 4],
  ]);
  expect(weekOf(hoursOf(anyTime()))[0]?.runs).toEqual([[1, 7]]);
});
