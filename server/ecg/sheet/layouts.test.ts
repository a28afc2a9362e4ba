import { expect, test } from 'vitest';
import { twelveLeads } from '../leads.ts';
import { leadGrid } from './layouts.ts';

test('three rows by four columns with the rhythm below', () => {
  const grid = leadGrid(twelveLeads, '3x4+rhythm');
  expect(grid.columns).toEqual([
    ['I', 'II', 'III'],
    ['aVR', 'aVL', 'aVF'],
    ['V1', 'V2', 'V3'],
    ['V4', 'V5', 'V6'],
  ]);
  expect(grid.strips).toEqual(['II']);
  expect(leadGrid(twelveLeads, '3x4+rhythm', 'standard', 'V1').strips).toEqual(['V1']);
});

test('the anatomical order has -aVR between I and II', () => {
  expect(leadGrid(twelveLeads, '6x2', 'cabrera').columns[0]).toEqual(['aVL', 'I', '-aVR', 'II', 'aVF', 'III']);
});

test('a lead besides the twelve is shown in every layout', () => {
  expect(leadGrid([...twelveLeads, 'V7', 'X'], '6x2').strips).toEqual(['V7', 'X']);
  expect(leadGrid([...twelveLeads, 'V7'], '12x1').strips).toEqual(['V7']);
});

test('a missing standard lead keeps its place; a recording of three leads has three rows', () => {
  expect(leadGrid(twelveLeads.slice(0, 9), '12x1').columns[0]).toHaveLength(12);
  expect(leadGrid(['CH1', 'CH2', 'V5'], '3x4+rhythm')).toEqual({ columns: [['CH1', 'CH2', 'V5']], strips: [] });
  expect(leadGrid(twelveLeads.slice(0, 8), '3x4+rhythm', 'standard', 'V6').strips).toEqual(['I']);
});
