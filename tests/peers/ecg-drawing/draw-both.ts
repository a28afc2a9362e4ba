import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { readScp } from '@lianzhen/ecg/formats/scp/read-scp.ts';
import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { layoutSheet, type SheetInput } from '@lianzhen/ecg/sheet/layout-sheet.ts';
import type { SheetLayout } from '@lianzhen/ecg/sheet/layouts.ts';
import type { Sheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { identity } from '../../factories/waveform-identity.ts';
import { keepOurs } from './our-picture.ts';
import { type TheirDrawing, theirDrawing } from './pixelmed.ts';
import { storedLeads } from './stored-leads.ts';

/** What both are given: a file, and how it is to be drawn. 25 mm/s and 10 mm/mV where nothing else is said. */
export interface Task extends Partial<Pick<SheetInput, 'speedMmPerS' | 'gainMmPerMv'>> {
  readonly name: string;
  readonly bytes: Buffer;
  readonly format: 'dicom' | 'scp';
  readonly startMs?: number;
  readonly durationMs: number;
  /** What its millivolts are multiplied by to make good a fault of PixelMed. */
  readonly amends?: number;
}

export interface DrawnByBoth {
  readonly leads: readonly SheetLead[];
  readonly theirs: TheirDrawing;
  readonly durationMs: number;
  readonly speedMmPerS: number;
  readonly gainMmPerMv: number;
  sheetOf(layout: SheetLayout, other?: Partial<SheetInput>): Sheet;
}

/** Draws a file once by PixelMed and by our sheet as often as asked. Our sheet with a row for each lead is kept as well. */
export async function drawBoth(task: Task): Promise<DrawnByBoth> {
  const { name, bytes, format, startMs = 0, durationMs, speedMmPerS = 25, gainMmPerMv = 10, amends = 1 } = task;
  const stored = format === 'scp' ? writeWaveform(readScp(bytes), identity) : bytes;
  const leads = await storedLeads(stored, startMs, durationMs);
  const scale = { speedMmPerS, gainMmPerMv, startMs };
  const theirs = await theirDrawing({
    ...{ name: `ecg-${name}`, format, bytes, durationMs, ...scale },
    gainMmPerMv: gainMmPerMv * amends,
    rowMm: (2 * gainMmPerMv * highestUv(leads)) / 1000 + 4,
  });
  const sheetOf: DrawnByBoth['sheetOf'] = (layout, other) =>
    layoutSheet({
      ...{ leads, layout, ...scale, ...other },
      ...{ header: [name], filterName: 'unfiltered', words: { derived: 'computed', missing: 'missing' } },
    });
  await keepOurs(`ecg-${name}`, sheetOf('12x1'));
  return { leads, theirs, durationMs, speedMmPerS, gainMmPerMv, sheetOf };
}

const highestUv = (leads: readonly SheetLead[]): number =>
  Math.max(...leads.map(({ samples }) => samples.reduce((most, uv) => Math.max(most, Math.abs(uv)), 0)));
