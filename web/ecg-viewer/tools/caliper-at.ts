import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { barMm, voltageWingMm } from '@lianzhen/ecg/sheet/draw-calipers.ts';
import { cellAt, recordedLead, xOfMs, yOfUv } from '@lianzhen/ecg/sheet/places.ts';
import type { SheetCell, SheetPlan } from '@lianzhen/ecg/sheet/plan-sheet.ts';
import type { CaliperEnd } from '../state.ts';

/** The part of a caliper within reach of a place, the nearest end first; the middle moves it as a whole. */
export function caliperAt(
  plan: SheetPlan,
  calipers: readonly Caliper[],
  place: { xMm: number; yMm: number; startMs: number; reachMm: number },
): { id: string; end: CaliperEnd } | null {
  const cell = cellAt(plan, place.xMm, place.yMm);
  if (!cell) return null;
  const found = calipers.flatMap((caliper) => {
    const near = distances(plan, cell, caliper, place);
    return near.map(({ end, mm }) => ({ id: caliper.id, end, mm }));
  });
  const [nearest] = found.filter(({ mm }) => mm <= place.reachMm).sort((a, b) => a.mm - b.mm);
  return nearest ? { id: nearest.id, end: nearest.end } : null;
}

function distances(
  plan: SheetPlan,
  cell: SheetCell,
  caliper: Caliper,
  { xMm, yMm, startMs, reachMm }: { xMm: number; yMm: number; startMs: number; reachMm: number },
): { end: CaliperEnd; mm: number }[] {
  const from = xOfMs(plan, cell, caliper.fromMs, startMs);
  const to = xOfMs(plan, cell, caliper.toMs, startMs);
  const left = Math.min(from, to);
  const right = Math.max(from, to);
  if (caliper.fromUv !== null && caliper.toUv !== null) {
    if (recordedLead(cell) !== caliper.lead || xMm < left - voltageWingMm || xMm > right + voltageWingMm) return [];
    const top = yOfUv(plan, cell, caliper.fromUv);
    const bottom = yOfUv(plan, cell, caliper.toUv);
    const isBetween = yMm > Math.min(top, bottom) && yMm < Math.max(top, bottom) && Math.abs(xMm - to) <= reachMm;
    const ends = [
      { end: 'from' as const, mm: Math.abs(yMm - top) },
      { end: 'to' as const, mm: Math.abs(yMm - bottom) },
    ];
    return isBetween ? [...ends, { end: 'both', mm: reachMm * 0.9 }] : ends;
  }
  const ends: { end: CaliperEnd; mm: number }[] = [
    { end: 'from', mm: Math.abs(xMm - from) },
    { end: 'to', mm: Math.abs(xMm - to) },
  ];
  const isOnBar = recordedLead(cell) === caliper.lead && xMm > left && xMm < right;
  if (isOnBar && Math.abs(yMm - barMm(cell)) <= reachMm) ends.push({ end: 'both', mm: reachMm * 0.9 });
  return ends;
}
