import { textMm } from '@lianzhen/ecg/sheet/paper.ts';
import type { Sheet, SheetPolyline, SheetText } from '@lianzhen/ecg/sheet/sheet.ts';

/** A curve as a reader takes it off the paper, in millimetres from the calibration pulse of its row. */
export interface ReadCurve {
  readonly lead: string;
  /** Behind the end of the pulse, where the sheet begins. */
  readonly xMm: Float64Array;
  /** Above the foot of the pulse, where zero is. */
  readonly yMm: Float64Array;
  readonly pulse: Pulse;
}

/** Says 1 mV and 200 ms. */
export interface Pulse {
  readonly footMm: number;
  readonly heightMm: number;
  readonly widthMm: number;
  readonly endMm: number;
}

/**
 * All curves of a sheet whose leads are unbroken.
 * @throws Error where a curve has no name at its beginning or the sheet has no whole pulse
 */
export function readSheet({ primitives }: Sheet): ReadCurve[] {
  const lines = primitives.filter((drawn): drawn is SheetPolyline => drawn.kind === 'polyline');
  const pulses = lines.filter(({ lead }) => lead === undefined).map(pulseOf);
  const curves = lines.filter(({ lead }) => lead !== undefined);
  const names = primitives.filter(
    (drawn): drawn is SheetText => drawn.kind === 'text' && drawn.isBold && drawn.sizeMm === textMm.label,
  );
  if (names.length !== curves.length) throw new Error(`${names.length} names and ${curves.length} curves`);
  return names.map(({ text, xMm, yMm }, at) => {
    const { lead, points } = curves[at] as SheetPolyline;
    const name = text.replace(/ \*$/, '');
    if (name !== lead || Math.abs(xMm - (points[0] as number)) > 2) throw new Error(`${text} does not name ${lead}`);
    return { lead: name, ...measured(points, nearest(pulses, yMm - textMm.label / 2)) };
  });
}

/** Rows are equally high, so that a name is nearer to the pulse of its own row than to any other. */
function nearest(pulses: readonly Pulse[], yMm: number): Pulse {
  const [first, ...others] = pulses;
  if (!first) throw new Error('a sheet without a pulse');
  return others.reduce((a, b) => (Math.abs(b.footMm - yMm) < Math.abs(a.footMm - yMm) ? b : a), first);
}

/** A line along the foot, up, over, down and along the foot. */
function pulseOf({ points }: SheetPolyline): Pulse {
  const [, foot, rise, , , top, fall, , , , end] = points;
  if (points.length !== 12) throw new Error('a pulse that is cut');
  return {
    footMm: foot as number,
    heightMm: (foot as number) - (top as number),
    widthMm: (fall as number) - (rise as number),
    endMm: end as number,
  };
}

function measured(points: Float32Array, pulse: Pulse): Omit<ReadCurve, 'lead'> {
  const count = points.length / 2;
  return {
    xMm: Float64Array.from({ length: count }, (_, at) => (points[2 * at] as number) - pulse.endMm),
    yMm: Float64Array.from({ length: count }, (_, at) => pulse.footMm - (points[2 * at + 1] as number)),
    pulse,
  };
}
