import { expect, test } from 'vitest';
import { twelveLeads } from '../leads.ts';
import type { SheetLead } from './draw-curve.ts';
import { layoutSheet, type SheetInput } from './layout-sheet.ts';
import type { SheetPolyline, SheetText } from './sheet.ts';

/** A step of 1 mV in every lead, one second after the beginning. */
const step = (code: string): SheetLead => ({
  code,
  derived: ['III', 'aVR', 'aVL', 'aVF'].includes(code),
  samples: Float32Array.from({ length: 5000 }, (_, i) => (i < 500 ? 0 : 1000)),
  samplingFrequency: 500,
  startMs: 0,
});

const input: SheetInput = {
  leads: twelveLeads.map(step),
  layout: '3x4+rhythm',
  speedMmPerS: 25,
  gainMmPerMv: 10,
  startMs: 0,
  header: ['张三 男 56岁', '2026-03-01 08:00'],
  filterName: '0.05–150 Hz',
  words: { derived: '计算导联', missing: '缺' },
};
const curveOf = (lead: string, given = input) =>
  layoutSheet(given).primitives.filter(
    (drawn): drawn is SheetPolyline => drawn.kind === 'polyline' && drawn.lead === lead,
  );
const texts = (given: SheetInput) =>
  layoutSheet(given).primitives.filter((drawn): drawn is SheetText => drawn.kind === 'text');

test('one second is 25 mm and one millivolt 10 mm upwards', () => {
  const [first] = curveOf('I');
  const points = first?.points as Float32Array;
  const at = (ms: number) => [points[ms] as number, points[ms + 1] as number];
  expect((at(1000)[0] as number) - (at(0)[0] as number)).toBeCloseTo(25, 4);
  expect((at(0)[1] as number) - (at(1000)[1] as number)).toBeCloseTo(10, 4);
});

test('gain and speed change the drawing and never the samples', () => {
  const before = input.leads.map(({ samples }) => samples.slice());
  const points = curveOf('I', { ...input, gainMmPerMv: 20, speedMmPerS: 50 })[0]?.points as Float32Array;
  expect((points[1] as number) - (points[1001] as number)).toBeCloseTo(20, 4);
  expect((points[1000] as number) - (points[0] as number)).toBeCloseTo(50, 4);
  expect(input.leads.map(({ samples }) => samples)).toEqual(before);
});

test('the same input gives the same sheet, to the last point', () => {
  expect(layoutSheet(input)).toEqual(layoutSheet(input));
});

test('the sheet names scale and filter, marks computed leads and explains the mark', () => {
  const shown = texts(input).map(({ text }) => text);
  expect(shown).toContain('25 mm/s · 10 mm/mV · 0.05–150 Hz');
  expect(shown).toEqual(expect.arrayContaining(['I', 'III *', 'aVF *', 'V6', '* 计算导联']));
});

test('a missing lead is an empty place that says so', () => {
  const without = { ...input, leads: input.leads.filter(({ code }) => code !== 'V3') };
  expect(texts(without).find(({ text }) => text.startsWith('V3'))).toMatchObject({ text: 'V3 缺', colour: 'warning' });
  expect(curveOf('V3', without)).toEqual([]);
});

test('in Cabrera’s order aVR is drawn upside down under its other name', () => {
  const points = curveOf('-aVR', { ...input, order: 'cabrera' })[0]?.points as Float32Array;
  expect((points[1001] as number) - (points[1] as number)).toBeCloseTo(10, 4);
});

test('nothing leaves the page, whatever the voltage and the length of the texts', () => {
  const wild = input.leads.map((lead) => ({ ...lead, samples: lead.samples.map((v, i) => (i % 2 ? 9e6 : -9e6) + v) }));
  const sheet = layoutSheet({ ...input, leads: wild, header: Array(40).fill('<b>'.repeat(500)) });
  for (const drawn of sheet.primitives) {
    if (drawn.kind === 'text') {
      expect(drawn.text.length).toBeLessThanOrEqual(160);
      continue;
    }
    for (let i = 0; i < drawn.points.length; i += 2) {
      expect(drawn.points[i]).toBeGreaterThanOrEqual(0);
      expect(drawn.points[i]).toBeLessThanOrEqual(297.01);
      expect(drawn.points[i + 1]).toBeGreaterThanOrEqual(0);
      expect(drawn.points[i + 1]).toBeLessThanOrEqual(210.01);
    }
  }
});

test('warnings stand on the paper, and a mark where its time is', () => {
  const sheet = layoutSheet({ ...input, warnings: ['CRC'], marks: [{ atMs: 6000, label: 'J' }] });
  const marks = sheet.primitives.filter((drawn): drawn is SheetText => drawn.kind === 'text' && drawn.text === 'J');
  // Once in the column from 5 to 7.5 s, once in the strip.
  expect(marks).toHaveLength(2);
  expect(marks[0]?.xMm).toBeCloseTo(8 + 7 + 150 + 0.4, 4);
  expect(texts({ ...input, warnings: ['CRC'] }).find(({ text }) => text === 'CRC')?.colour).toBe('warning');
});
