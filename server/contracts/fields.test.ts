import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  countText,
  Day,
  Flag,
  Instant,
  isMore,
  Line,
  ListOf,
  mostAhead,
  Page,
  Reason,
  RequiredLine,
  Text,
  Typed,
  Uid,
} from './fields.ts';

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('a line', () => {
  test.each([
    ['a line end', '张\n三'],
    ['NUL', '张\u0000三'],
    ['a C1 control', '张\u0085三'],
    ['half of a character', '张\ud83d'],
    ['too much', '张'.repeat(201)],
  ])('has no %s', (_, value) => {
    expect(takes(Line(), value)).toBe(false);
  });
  test('is trimmed before it is measured', () => {
    expect(RequiredLine(2).parse(' 张三 ')).toBe('张三');
    expect(takes(RequiredLine(), '  ')).toBe(false);
    expect(Line().parse('𠮷田')).toBe('𠮷田');
  });
});

describe('a text', () => {
  test('has lines and tabs, and nothing else that cannot be seen', () => {
    expect(takes(Text(), '一\r\n二\t三')).toBe(true);
    for (const letter of ['\u0000', '\u001b', '\u000c', '\udc00']) expect(takes(Text(), letter)).toBe(false);
    expect(takes(Reason, ' \n\t ')).toBe(false);
  });
});

test('days and instants exist', () => {
  expect(takes(Day, '2024-02-29')).toBe(true);
  for (const day of ['2023-02-29', '2024-2-9', '20240229', '2024-13-01']) expect(takes(Day, day)).toBe(false);
  expect(takes(Instant, '2026-11-22T09:00:00+08:00')).toBe(true);
  for (const instant of ['2026-11-22', '2026-11-22T09:00:00', '2026-11-22T25:00:00Z'])
    expect(takes(Instant, instant)).toBe(false);
});

test('a page is bounded', () => {
  expect(Page.parse({ page: '2', pageSize: '10' })).toEqual({ page: 2, pageSize: 10 });
  expect(Page.parse({})).toEqual({ page: 1, pageSize: 50 });
  for (const page of [{ page: 0 }, { page: 1.5 }, { page: 10_001 }, { pageSize: 201 }, { pageSize: 'all' }])
    expect(takes(Page, page)).toBe(false);
});

test('a list in a query is one or many, and bounded', () => {
  const states = ListOf(z.enum(['a', 'b']), 2).optional();
  expect(states.parse('a')).toEqual(['a']);
  expect(states.parse(['a', 'b'])).toEqual(['a', 'b']);
  expect(takes(states, ['a', 'a', 'a'])).toBe(false);
  expect(takes(states, 'c')).toBe(false);
  expect(takes(states, { 0: 'a' })).toBe(false);
  expect(states.parse(undefined)).toBeUndefined();
});

test('a flag is said as true or false', () => {
  expect([Flag.parse('true'), Flag.parse('false'), Flag.parse(true)]).toEqual([true, false, true]);
  expect(takes(Flag, 'yes')).toBe(false);
});

test('what is typed is taken as it is, without what nobody types', () => {
  expect(Typed(64).parse(' ecg01 ')).toBe(' ecg01 ');
  for (const typed of ['a\u0000b', 'a\nb', '\ud800', 'x'.repeat(65)]) expect(takes(Typed(64), typed)).toBe(false);
  for (const uid of ['', '1.2\u0000', '1.2*', '1'.repeat(65)]) expect(takes(Uid, uid)).toBe(false);
});

test('a total that was counted to its end is told from one that means more', () => {
  const page = { page: 2, pageSize: 30 };
  expect([isMore(60 + mostAhead - 1, page), isMore(60 + mostAhead, page)]).toEqual([false, true]);
  expect([countText(0), countText(mostAhead - 1), countText(mostAhead)]).toEqual(['0', '199', '200+']);
});
