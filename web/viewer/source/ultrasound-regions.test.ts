import { expect, test } from 'vitest';
import { ultrasoundRegions } from './ultrasound-regions.ts';

const item = (values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([tag, value]) => [tag, { Value: [value] }]));

const bounds = { '00186018': 10, '0018601A': 20, '0018601C': 110, '0018601E': 220 };

test('regions are read with their bounds, units and deltas, whichever way the axis runs', () => {
  const region = item({ ...bounds, '00186024': 3, '00186026': 3, '0018602C': 0.02, '0018602E': -0.03, '00186012': 1 });
  expect(ultrasoundRegions({ '00186011': { Value: [region] } })).toEqual([
    { minX: 10, minY: 20, maxX: 110, maxY: 220, unitX: 3, unitY: 3, deltaX: 0.02, deltaY: 0.03, spatialFormat: 1 },
  ]);
});

test('a region that does not say how large its pixels are is left out', () => {
  expect(ultrasoundRegions({ '00186011': { Value: [item(bounds), 'nonsense'] } })).toEqual([]);
  expect(ultrasoundRegions({})).toEqual([]);
});
