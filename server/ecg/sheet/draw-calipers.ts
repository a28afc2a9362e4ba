import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { caliperText, timesOf } from './caliper-values.ts';
import { textLine } from './labels.ts';
import { lineMm, textMm } from './paper.ts';
import { recordedLead, xOfMs, yOfUv } from './places.ts';
import type { SheetCell, SheetPlan } from './plan-sheet.ts';
import type { SheetPrimitive } from './sheet.ts';
import { type SheetSpan, spansOf } from './spans.ts';

/** How far the two lines of a voltage caliper reach to either side. */
export const voltageWingMm = 6;

/** The height at which the bar between the two lines of a time caliper is drawn. */
export const barMm = (cell: SheetCell): number => cell.topMm + Math.min(cell.heightMm * 0.8, cell.heightMm - 2);

export interface CaliperLook {
  readonly widthMm: number;
  readonly sizeMm: number;
}
const onPaper: CaliperLook = { widthMm: lineMm.mark, sizeMm: textMm.small };
const maxCalipers = 100;

/** Calipers as they lie on the sheet: lines in time go through all leads of a column, voltages stay in their lead. */
export function drawCalipers(
  plan: SheetPlan,
  calipers: readonly Caliper[],
  startMs: number,
  look: CaliperLook = onPaper,
): SheetPrimitive[] {
  const spans = spansOf(plan);
  return calipers
    .slice(0, maxCalipers)
    .flatMap((caliper) =>
      caliper.kind === 'voltage'
        ? drawVoltage(plan, caliper, startMs, look)
        : spans.flatMap((span) => drawTimes(plan, span, caliper, startMs, look)),
    );
}

const segments = (points: number[], { widthMm }: CaliperLook, isBroken = false): SheetPrimitive => ({
  kind: 'segments',
  points: Float32Array.from(points),
  widthMm,
  colour: 'mark',
  isBroken,
});

function drawTimes(plan: SheetPlan, span: SheetSpan, caliper: Caliper, startMs: number, look: CaliperLook) {
  const begin = startMs + span.startMs;
  const end = begin + span.durationMs;
  const times = timesOf(caliper, begin, end).filter((ms) => ms >= begin && ms <= end);
  const line = (ms: number) => {
    const x = xOfMs(plan, span, ms, startMs);
    return [x, span.topMm, x, span.bottomMm];
  };
  const isEnd = (ms: number) => Math.abs(ms - caliper.fromMs) < 0.01 || Math.abs(ms - caliper.toMs) < 0.01;
  const drawn: SheetPrimitive[] = [
    segments(times.filter(isEnd).flatMap(line), look),
    // Where a march only repeats the interval, its lines are broken.
    segments(times.filter((ms) => !isEnd(ms)).flatMap(line), look, true),
  ].filter((primitive) => primitive.kind === 'segments' && primitive.points.length > 0);
  const cell = plan.cells.find((one) => one.group === span.group && recordedLead(one) === caliper.lead);
  const [left, right] = barOf(caliper, times, begin, end);
  if (!cell || right < left) return drawn;
  const y = barMm(cell);
  const [x1, x2] = [xOfMs(plan, span, left, startMs), xOfMs(plan, span, right, startMs)];
  return [...drawn, segments([x1, y, x2, y], look), write(plan, caliperText(caliper), x2, y, look)];
}

/** From where to where the bar is seen; a march whose own interval is out of view shows it at its first repetition. */
function barOf(caliper: Caliper, times: readonly number[], begin: number, end: number): [number, number] {
  const left = Math.max(begin, Math.min(caliper.fromMs, caliper.toMs));
  const right = Math.min(end, Math.max(caliper.fromMs, caliper.toMs));
  const [first, second] = times;
  if (caliper.kind !== 'march' || right >= left || first === undefined || second === undefined) return [left, right];
  return [first, second];
}

function drawVoltage(plan: SheetPlan, caliper: Caliper, startMs: number, look: CaliperLook): SheetPrimitive[] {
  const { fromUv, toUv } = caliper;
  if (fromUv === null || toUv === null) return [];
  const within = (mm: number) => Math.min(plan.box.yMm + plan.box.heightMm, Math.max(plan.box.yMm, mm));
  return plan.cells
    .filter((cell) => recordedLead(cell) === caliper.lead)
    .flatMap((cell) => {
      const to = xOfMs(plan, cell, caliper.toMs, startMs);
      const from = xOfMs(plan, cell, caliper.fromMs, startMs);
      if (to < cell.xMm || to > cell.xMm + cell.widthMm) return [];
      const left = Math.max(cell.xMm, Math.min(to, from) - voltageWingMm);
      const right = Math.min(cell.xMm + cell.widthMm, Math.max(to, from) + voltageWingMm);
      const [y1, y2] = [within(yOfUv(plan, cell, fromUv)), within(yOfUv(plan, cell, toUv))];
      const lines = [left, y1, right, y1, left, y2, right, y2, to, y1, to, y2];
      return [segments(lines, look), write(plan, caliperText(caliper), right, (y1 + y2) / 2, look)];
    });
}

/** The value behind the end of its line; before the right edge it is turned round, so that it stays on the sheet. */
function write(plan: SheetPlan, text: string, xMm: number, yMm: number, { sizeMm }: CaliperLook): SheetPrimitive {
  const isAtEdge = xMm + text.length * sizeMm * 0.6 > plan.widthMm;
  const look = { sizeMm, colour: 'mark', isBold: true, hasRim: true } as const;
  return textLine(text, xMm + (isAtEdge ? -1 : 1), yMm + sizeMm * 0.35, {
    ...look,
    align: isAtEdge ? 'right' : 'left',
  });
}
