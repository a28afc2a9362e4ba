import { clipLine } from './clip-line.ts';
import { lineMm } from './paper.ts';
import type { SheetCell, SheetPlan } from './plan-sheet.ts';
import type { SheetPolyline } from './sheet.ts';
import { thinLine } from './thin-line.ts';

/** The samples of one lead that are at hand. */
export interface SheetLead {
  readonly code: string;
  readonly derived: boolean;
  /** Microvolts, after the chosen filter; NaN where nothing was recorded. */
  readonly samples: Float32Array;
  /** Hz */
  readonly samplingFrequency: number;
  /** Of the first sample, in the time of the trace. */
  readonly startMs: number;
}

/**
 * The curve of a lead in its cell, thinned to the device and held within the box.
 * @param startMs the time of the trace at which the sheet begins
 * @param resolutionMm width of a column of the device
 */
export function drawCurve(
  plan: SheetPlan,
  cell: SheetCell,
  lead: SheetLead,
  startMs: number,
  resolutionMm: number,
): SheetPolyline[] {
  const perMs = lead.samplingFrequency / 1000;
  const cellStart = startMs + cell.startMs;
  const first = Math.ceil((cellStart - lead.startMs) * perMs - 1e-6);
  const end = Math.floor((cellStart + cell.durationMs - lead.startMs) * perMs + 1e-6) + 1;
  const perColumn = (resolutionMm / plan.mmPerMs) * perMs;
  const top = plan.box.yMm;
  const bottom = top + plan.box.heightMm;
  // In Cabrera's order -aVR is shown where aVR was recorded.
  const mmPerUv = cell.lead === '-aVR' && lead.code === 'aVR' ? -plan.mmPerUv : plan.mmPerUv;
  return thinLine(lead.samples, first, end, perColumn).flatMap((indices) => {
    const points = new Float32Array(indices.length * 2);
    indices.forEach((index, i) => {
      points[2 * i] = cell.xMm + (lead.startMs + index / perMs - cellStart) * plan.mmPerMs;
      points[2 * i + 1] = cell.baseMm - (lead.samples[index] as number) * mmPerUv;
    });
    return clipLine(points, top, bottom).map(
      (piece): SheetPolyline => ({
        kind: 'polyline',
        points: piece,
        widthMm: lineMm.curve,
        colour: 'curve',
        lead: cell.lead,
      }),
    );
  });
}

/** The recorded lead that a cell shows. */
export const leadOfCell = <T extends { readonly code: string }>(leads: readonly T[], code: string): T | undefined =>
  leads.find((lead) => lead.code === code) ?? (code === '-aVR' ? leads.find((lead) => lead.code === 'aVR') : undefined);
