import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { Mark } from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { imageMarks } from './room-marks.ts';
import { traceMarks } from './trace-marks.ts';

const place = { studyUid: '1', seriesUid: '1.2', sopInstanceUid: '1.2.3' };
const codec = traceMarks(place);
const time: Caliper = {
  ...{ id: '018f0000-0000-4000-8000-000000000001', kind: 'time', lead: 'II' },
  ...{ fromMs: 1250.04, toMs: 838.26, fromUv: null, toUv: null, label: '' },
};
const voltage: Caliper = { ...time, kind: 'voltage', lead: null, fromUv: 980.06, toUv: -120 };
const placed = (caliper: Caliper) => ({
  ...Mark.parse(codec.write(caliper)),
  ...{ peerId: time.id, author: '何心内', at: '2026-11-22T06:00:00.000Z' },
});

test('a caliper goes to the room with what it measures, and comes back where it lay', () => {
  expect(placed(time)).toMatchObject({
    ...{ ...place, kind: 'time', lead: 'II' },
    values: [
      { name: 'interval', value: 411.8, unit: 'ms' },
      { name: 'rate', value: 145.7, unit: '/min' },
    ],
  });
  expect(codec.read(placed(time))).toEqual(time);
  expect(placed(voltage).values).toEqual([{ name: 'voltage', value: -1100.1, unit: 'uV' }]);
  expect(codec.read(placed(voltage))).toEqual(voltage);
});

test('a caliper without an extent has no rate', () => {
  expect(placed({ ...time, toMs: time.fromMs }).values).toEqual([{ name: 'interval', value: 0, unit: 'ms' }]);
});

test('each viewer has its own marks', () => {
  const mark = placed(time);
  expect([codec.isShown(mark), imageMarks.isShown(mark)]).toEqual([true, false]);
  expect(codec.isShown({ ...mark, sopInstanceUid: '1.2.4' })).toBe(false);
  expect(imageMarks.isShown({ ...mark, kind: 'length' })).toBe(true);
});
