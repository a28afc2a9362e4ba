import { describe, expect, test } from 'vitest';
import { daTmIn, parseDate, parseOffset, parseTime, toIsoInstant } from './dates.ts';

const zone = 'Asia/Shanghai';

describe('dates and times of devices', () => {
  test.each([
    ['20240229', '2024-02-29'],
    ['20230229', undefined],
    ['2024.01.31', '2024-01-31'],
    ['20241301', undefined],
    [' 20240101 ', '2024-01-01'],
    ['', undefined],
    ['20240101-20240131', undefined],
  ])('DA %s', (da, expected) => expect(parseDate(da)).toBe(expected));

  test.each([
    ['081530', '08:15:30'],
    ['0815', '08:15:00'],
    ['08', '08:00:00'],
    ['081530.123456', '08:15:30.123'],
    ['081530.5', '08:15:30.500'],
    ['08:15:30', '08:15:30'],
    ['235960', '23:59:59'],
    ['240000', undefined],
    ['0860', undefined],
  ])('TM %s', (tm, expected) => expect(parseTime(tm)).toBe(expected));

  test.each([
    ['+0800', 480],
    ['-0330', -210],
    ['+1400', 840],
    ['+1500', undefined],
    ['0800', undefined],
  ])('offset %s', (offset, expected) => expect(parseOffset(offset)).toBe(expected));
});

describe('instants', () => {
  test('the zone of the device, unless the dataset says another', () => {
    expect(toIsoInstant('20250605', '081500', { zone })).toBe('2025-06-05T00:15:00.000Z');
    expect(toIsoInstant('20250605', '081500', { zone, timezoneOffset: '+0000' })).toBe('2025-06-05T08:15:00.000Z');
    expect(toIsoInstant('20250605', undefined, { zone })).toBe('2025-06-04T16:00:00.000Z');
    expect(toIsoInstant('x', '081500', { zone })).toBeUndefined();
  });

  test('summer time of its year', () => {
    expect(toIsoInstant('19880701', '120000', { zone })).toBe('1988-07-01T03:00:00.000Z');
    expect(toIsoInstant('20250701', '120000', { zone: 'Europe/Berlin' })).toBe('2025-07-01T10:00:00.000Z');
    expect(toIsoInstant('20250101', '120000', { zone: 'Europe/Berlin' })).toBe('2025-01-01T11:00:00.000Z');
  });

  test('and back', () => {
    expect(daTmIn('2025-06-04T16:15:30.000Z', zone)).toEqual({ da: '20250605', tm: '001530' });
  });
});
