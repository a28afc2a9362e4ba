import { expect, test } from 'vitest';
import { saidOf, storable } from './trace-facts.ts';

const device = { manufacturer: 'A\0B', model: null, serialNumber: '\ud800', software: '1' };

test('what a recorder wrote can be stored, whatever characters and numbers are in it', () => {
  const said = saidOf({
    annotations: [
      { text: 'VE\0', atMs: Number.NaN, endMs: null, lead: null, value: Number.POSITIVE_INFINITY, unit: null },
    ],
    statements: Array.from({ length: 5000 }, (_, at) => `line ${at}`),
    deviceMeasurements: { 'q\0rs': 90, qt: Number.NaN },
    device,
  });
  expect(said.annotations).toEqual([{ text: 'VE', atMs: null, endMs: null, lead: null, value: null, unit: null }]);
  expect(said.statements).toHaveLength(200);
  expect(said.deviceMeasurements).toEqual({ qrs: 90 });
  expect(said.device).toEqual({ manufacturer: 'AB', model: null, serialNumber: '\ufffd', software: '1' });
});

test('what is storable stays as it is', () => {
  const value = { text: '张三 \\u0000 is written out', list: [1, null, true] };
  expect(storable(value)).toEqual(value);
});
