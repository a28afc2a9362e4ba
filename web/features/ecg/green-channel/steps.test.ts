import type { GreenChannelTimes } from '@lianzhen/contracts/ecg-alarms.ts';
import { expect, test } from 'vitest';
import { clockText, greenSteps } from './steps.ts';

const nothing: GreenChannelTimes = {
  ...{ orderId: 'o', symptomAt: null, firstContactAt: null, recordedAt: null, receivedAt: null, alarmAt: null },
  ...{ acknowledgedAt: null, openedAt: null, toldAt: null, confirmedAt: null, decidedAt: null },
};
const at = (clock: string) => `2026-11-22T${clock}Z`;

test('a step counts from the last one that has come, and from the first contact', () => {
  const steps = greenSteps({
    ...nothing,
    firstContactAt: at('08:00:00'),
    receivedAt: at('08:05:00'),
    toldAt: at('08:07:30'),
  });
  const of = (name: string) => steps.find((step) => step.name === name);
  expect(of('firstContactAt')).toMatchObject({ sinceLastMs: null, sinceContactMs: null });
  expect(of('receivedAt')).toMatchObject({ sinceLastMs: 300_000, sinceContactMs: 300_000 });
  expect(of('toldAt')).toMatchObject({ sinceLastMs: 150_000, sinceContactMs: 450_000 });
  expect(of('decidedAt')).toMatchObject({ at: null, sinceLastMs: null });
});

test('a time that cannot be read is none', () => {
  expect(greenSteps({ ...nothing, recordedAt: 'soon' }).every((step) => step.at === null)).toBe(true);
});

test('spans read as clocks', () => {
  expect([
    clockText(5000),
    clockText(125_000),
    clockText(3_725_000),
    clockText(-61_000),
    clockText(300_000_000),
  ]).toEqual([...['0:05', '2:05', '1:02:05', '−1:01', '3 d']]);
});
