import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import { isCaliper, type Mark, type PlacedMark } from '@lianzhen/contracts/shared-view.ts';
import { caliperValue } from '@lianzhen/ecg/sheet/caliper-values.ts';
import type { MarkCodec } from './room-marks.ts';

export interface TracePlace {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
}

/** Values for people: a tenth of a millisecond and of a microvolt is finer than any recorder. */
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** What a caliper measures, for those who read it without the trace. */
function valuesOf(caliper: Caliper): Mark['values'] {
  const { ms, bpm, uv } = caliperValue(caliper);
  if (uv !== null) return [{ name: 'voltage', value: tenth(uv), unit: 'uV' }];
  const rate = bpm === null ? [] : [{ name: 'rate', value: tenth(bpm), unit: '/min' }];
  return [{ name: 'interval', value: tenth(ms), unit: 'ms' }, ...rate];
}

function caliperOf({ id, kind, lead, points, text }: PlacedMark): Caliper {
  const [from, to = from] = points;
  const isVoltage = kind === 'voltage';
  return {
    id,
    kind: isCaliper(kind) ? kind : 'time',
    lead: lead ?? null,
    fromMs: from?.x ?? 0,
    toMs: to?.x ?? 0,
    fromUv: isVoltage ? (from?.y ?? 0) : null,
    toUv: isVoltage ? (to?.y ?? 0) : null,
    label: text.slice(0, 60),
  };
}

/**
 * Calipers on one trace as marks of the room: points are milliseconds of the recording and microvolts, as they were laid,
 * so that every screen draws the same.
 */
export const traceMarks = (place: TracePlace): MarkCodec<Caliper> => ({
  isShown: ({ kind, sopInstanceUid }) => isCaliper(kind) && sopInstanceUid === place.sopInstanceUid,
  read: caliperOf,
  write: (caliper) => ({
    ...place,
    id: caliper.id,
    kind: caliper.kind,
    frame: 1,
    ...(caliper.lead !== null && { lead: caliper.lead }),
    points: [
      { x: caliper.fromMs, y: caliper.fromUv ?? 0 },
      { x: caliper.toMs, y: caliper.toUv ?? 0 },
    ],
    text: caliper.label,
    calibration: '',
    values: valuesOf(caliper),
  }),
});
