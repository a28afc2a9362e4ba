import { readFileSync } from 'node:fs';
import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { writeScp } from '@lianzhen/ecg/formats/scp/test-kit/write-scp.ts';
import { twelveLeads } from '@lianzhen/ecg/leads.ts';
import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { sheetLayouts } from '@lianzhen/ecg/sheet/layouts.ts';
import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { type SyntheticOptions, syntheticTrace, syntheticTruth } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { describe, expect, test } from 'vitest';
import { corpusFiles } from '../corpus.ts';
import { identity } from '../factories/waveform-identity.ts';
import { deviation, differing, isSame } from './ecg-drawing/deviation.ts';
import { type DrawnByBoth, drawBoth, type Task } from './ecg-drawing/draw-both.ts';
import { canDraw } from './ecg-drawing/pixelmed.ts';
import { type ReadCurve, readSheet } from './ecg-drawing/sheet-curves.ts';
import { storedLeads } from './ecg-drawing/stored-leads.ts';

/** An infarction, so that no lead looks like another. */
const heart: SyntheticOptions = { st: { II: 180, V1: -120, V2: 60, V3: 240, V4: 150 }, tFactor: { I: 0.6, V2: 1.3 } };
const waveform = (options: SyntheticOptions) => writeWaveform(syntheticTrace({ ...heart, ...options }), identity);
const wander = { wanderUv: 400, wanderHz: 0.13 };
const muscle = { muscleUv: 12 };

/** Eight leads, second differences, Huffman's table of the standard. PixelMed computes the other four by itself. */
function scpRecord(): Buffer {
  const { recordings } = syntheticTrace({
    ...heart,
    gain: 5,
    leads: twelveLeads.filter((lead) => !/III|aV/.test(lead)),
  });
  const leads = recordings.flatMap(({ leads }) => leads.map(({ code, samples }) => ({ code, samples: [...samples] })));
  return writeScp({ leads, order: 2, multiplier: 5000 });
}

const recorded = (ending: '.dcm' | '.scp', rest: Omit<Task, 'bytes' | 'durationMs'>): Task[] =>
  corpusFiles('ecg', ending)
    .slice(0, 1)
    .map((path) => ({ ...rest, bytes: readFileSync(path), durationMs: 10_000 }));

const twelve: Task[] = [
  {
    name: 'dicom',
    format: 'dicom',
    bytes: waveform({ gain: 1000 / 205, rateHz: 1000, noise: muscle }),
    durationMs: 10_000,
  },
  { name: 'scp', format: 'scp', bytes: scpRecord(), durationMs: 10_000 },
  ...recorded('.dcm', { name: 'dicom-of-a-recorder', format: 'dicom' }),
  // PixelMed takes whole microvolts for the unit of SCP-ECG, 2 for the 2.5 of this record. Biosig reads 2.5 as we do.
  ...recorded('.scp', { name: 'scp-of-a-recorder', format: 'scp', amends: 2.5 / 2 }),
];

const few: Task[] = [
  {
    ...{ name: 'fast', bytes: waveform({ leads: ['II', 'V2', 'V5'], rateHz: 1000, seconds: 6, gain: 2 }) },
    ...{ format: 'dicom', speedMmPerS: 50, gainMmPerMv: 20, startMs: 1000, durationMs: 5000 },
  },
  {
    ...{ name: 'long', bytes: waveform({ leads: ['V5', 'II', 'V4R'], rateHz: 200, seconds: 601, noise: wander }) },
    ...{ format: 'dicom', gainMmPerMv: 5, startMs: 300_000, durationMs: 10_800 },
  },
];

let drawnOnce: Promise<DrawnByBoth> | undefined;
/** Drawn by the first test that wants it. */
function short(): Promise<DrawnByBoth> {
  const task: Task = { name: 'short', format: 'dicom', bytes: waveform({ seconds: 4 }), durationMs: 4000 };
  drawnOnce ??= drawBoth(task);
  return drawnOnce;
}

/** Every curve begins and ends where the recording does or where another curve ends or begins. */
function expectWhole({ leads, durationMs, speedMmPerS }: DrawnByBoth, curves: readonly ReadCurve[]): void {
  const sampleMm = speedMmPerS / (leads[0]?.samplingFrequency ?? 0);
  const begins = curves.map(({ xMm }) => xMm[0] as number);
  const ends = curves.map(({ xMm }) => xMm.at(-1) as number);
  const isOneOf = (places: readonly number[], mm: number) => places.some((one) => Math.abs(one - mm) < 1.01 * sampleMm);
  const endMm = (durationMs * speedMmPerS) / 1000 - sampleMm;
  expect(begins.filter((mm) => !isOneOf([0, ...ends], mm))).toEqual([]);
  expect(ends.filter((mm) => !isOneOf([endMm, ...begins], mm))).toEqual([]);
}

function expectSame(drawn: DrawnByBoth, sheet: Sheet): void {
  const curves = readSheet(sheet);
  expect(new Set(curves.map(({ lead }) => lead.replace('-', '')))).toEqual(new Set(drawn.theirs.topOf.keys()));
  for (const { pulse } of curves) {
    expect(pulse.heightMm).toBeCloseTo(drawn.gainMmPerMv, 3);
    expect(pulse.widthMm).toBeCloseTo(drawn.speedMmPerS / 5, 3);
  }
  expectWhole(drawn, curves);
  expect(differing(drawn.theirs, sheet)).toEqual([]);
}

describe.skipIf(!canDraw())('PixelMed draws what our sheet draws', () => {
  test.each(twelve)('twelve leads in every layout: $name', async (task) => {
    const drawn = await drawBoth(task);
    for (const layout of sheetLayouts) expectSame(drawn, drawn.sheetOf(layout));
    expectSame(drawn, drawn.sheetOf('3x4+rhythm', { order: 'cabrera' }));
    // Five samples of 1000 Hz to a column of the device: the curve is thinned.
    expectSame(drawn, drawn.sheetOf('12x1', { resolutionMm: 0.13 }));
  });

  test.each(few)('another speed, gain, rate and beginning: $name', async (task) => {
    const drawn = await drawBoth(task);
    expectSame(drawn, drawn.sheetOf('12x1'));
  });

  test('no lead passes for another', async () => {
    const { theirs, sheetOf } = await short();
    const passed = readSheet(sheetOf('12x1')).flatMap((curve) =>
      [...theirs.topOf.keys()].filter((row) => isSame(deviation(theirs, row, curve))).map((row) => [curve.lead, row]),
    );
    expect(passed).toEqual(twelveLeads.map((lead) => [lead, lead]));
  });
});

describe.skipIf(!canDraw())('a fault of our drawing is found', () => {
  type Change = (leads: readonly SheetLead[]) => readonly SheetLead[];
  const only =
    (code: string, made: (uv: number, at: number) => number): Change =>
    (leads) =>
      leads.map((lead) => (lead.code === code ? { ...lead, samples: lead.samples.map(made) } : lead));
  const renamed: Readonly<Record<string, string>> = { V1: 'V2', V2: 'V1' };
  const beatMs = syntheticTruth(heart).beatsMs[2] ?? 0;
  const faults: [string, readonly string[], Change][] = [
    ['nothing changed', [], (leads) => leads],
    ['swapped', ['V1', 'V2'], (leads) => leads.map((lead) => ({ ...lead, code: renamed[lead.code] ?? lead.code }))],
    ['upside down', ['aVF'], only('aVF', (uv) => -uv)],
    ['3 % too high', ['V5'], only('V5', (uv) => uv * 1.03)],
    ['3 % too low', ['V5'], only('V5', (uv) => uv * 0.97)],
    ['30 uV above its place', ['II'], only('II', (uv) => uv + 30)],
    ['without the top of one beat', ['V4'], only('V4', (uv, at) => (Math.abs(2 * at - beatMs) < 10 ? 0 : uv))],
    ['8 ms late', twelveLeads, (leads) => leads.map((lead) => ({ ...lead, startMs: 8 }))],
    ['0.5 % too slow', twelveLeads, (leads) => leads.map((lead) => ({ ...lead, samplingFrequency: 497.5 }))],
  ];

  test('swapped, inverted, scaled, moved, interrupted, shifted and stretched', async () => {
    const { theirs, sheetOf, leads } = await short();
    const found = faults.map(([name, , change]) => [
      name,
      differing(theirs, sheetOf('12x1', { leads: change(leads) })).map(({ lead }) => lead),
    ]);
    expect(found).toEqual(faults.map(([name, expected]) => [name, expected]));
    for (const scale of [{ speedMmPerS: 50 }, { gainMmPerMv: 5 }] as const)
      expect(differing(theirs, sheetOf('12x1', scale))).toHaveLength(12);
  });

  test('a file that is read with another sign or unit', async () => {
    const { theirs, sheetOf } = await short();
    const [rhythm, ...others] = syntheticTrace({ ...heart, seconds: 4 }).recordings;
    const misread = async (gain: number) => {
      const leads = rhythm?.leads.map((lead) => (lead.code === 'V3' ? { ...lead, gain } : lead)) ?? [];
      const trace = { ...syntheticTrace(), recordings: rhythm ? [{ ...rhythm, leads }, ...others] : [] };
      const shown = await storedLeads(writeWaveform(trace, identity), 0, 4000);
      return differing(theirs, sheetOf('12x1', { leads: shown })).map(({ lead }) => lead);
    };
    expect([await misread(1), await misread(-1), await misread(1.05)]).toEqual([[], ['V3'], ['V3']]);
  });
});
