import { clipLine } from './clip-line.ts';
import { calibrationPulse, lineMm, squareMm } from './paper.ts';
import type { SheetPlan } from './plan-sheet.ts';
import type { Box, SheetPolyline, SheetSegments } from './sheet.ts';

/** The squares of the paper: 1 mm, and 5 mm bolder. */
export function drawRuling(box: Box, smallMm: number = squareMm.small): SheetSegments[] {
  const ratio = squareMm.large / squareMm.small;
  const lines = (isStrong: boolean): SheetSegments => {
    const points: number[] = [];
    for (let i = 0; i * smallMm <= box.widthMm + 1e-6; i++) {
      if ((i % ratio === 0) !== isStrong) continue;
      const x = box.xMm + i * smallMm;
      points.push(x, box.yMm, x, box.yMm + box.heightMm);
    }
    for (let i = 0; i * smallMm <= box.heightMm + 1e-6; i++) {
      if ((i % ratio === 0) !== isStrong) continue;
      const y = box.yMm + i * smallMm;
      points.push(box.xMm, y, box.xMm + box.widthMm, y);
    }
    return {
      kind: 'segments',
      points: Float32Array.from(points),
      widthMm: isStrong ? lineMm.strongRuling : lineMm.ruling,
      colour: isStrong ? 'strongRuling' : 'ruling',
    };
  };
  return [lines(false), lines(true)];
}

/** The calibration pulse before each row: 1 mV high and 200 ms wide at the chosen gain and speed. */
export function drawPulses(plan: SheetPlan): SheetPolyline[] {
  const left = plan.box.xMm;
  const rows = [...new Set(plan.cells.map((cell) => cell.baseMm))];
  const width = Math.min(calibrationPulse.ms * plan.mmPerMs, plan.pulseMm);
  const gap = Math.min(0.8, (plan.pulseMm - width) / 2);
  const { yMm, heightMm } = plan.box;
  return rows.flatMap((base) => {
    const top = base - calibrationPulse.uv * plan.mmPerUv;
    const x1 = left + gap;
    const x2 = x1 + width;
    const points = Float32Array.from([left, base, x1, base, x1, top, x2, top, x2, base, left + plan.pulseMm, base]);
    // A pulse that does not fit is cut: a lower one would state another gain.
    return clipLine(points, yMm, yMm + heightMm).map(
      (piece): SheetPolyline => ({ kind: 'polyline', points: piece, widthMm: lineMm.curve, colour: 'curve' }),
    );
  });
}

/** Short strokes where one column ends and the next begins. */
export function drawBorders(plan: SheetPlan): SheetSegments {
  const points = plan.cells
    .filter((cell) => cell.startMs > 0)
    .flatMap((cell) => [cell.xMm, cell.baseMm - 3, cell.xMm, cell.baseMm + 3]);
  return { kind: 'segments', points: Float32Array.from(points), widthMm: lineMm.mark, colour: 'text' };
}
