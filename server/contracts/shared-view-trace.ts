import { z } from 'zod';
import { Line, Uid } from './fields.ts';

const Hertz = z.number().min(0).max(10_000).nullable();

/**
 * An electrocardiogram that everyone looks at: which one, from when on, and how it is drawn. Samples are never sent. Its
 * words are those of the trace viewer (web/ecg-viewer/look.ts).
 */
export const SharedTrace = z.object({
  /** Null while no trace is open. */
  seriesUid: Uid.nullable(),
  sopInstanceUid: Uid.nullable(),
  /** Time of the recording at the beginning of the picture, in ms. */
  startMs: z.number().min(0).max(1e10),
  layout: z.enum(['3x4+rhythm', '6x2', '12x1']),
  order: z.enum(['standard', 'cabrera']),
  /** mm/s */
  speed: z.union([z.literal(25), z.literal(50)]),
  /** mm/mV */
  gain: z.union([z.literal(5), z.literal(10), z.literal(20)]),
  highPassHz: Hertz,
  lowPassHz: Hertz,
  notchHz: Hertz,
  /** 1 is true scale on a calibrated screen. */
  zoom: z.number().min(0.25).max(8),
  lead: Line(16),
  /** The lead of the rhythm strip. */
  rhythm: Line(16),
  /** The lead alone, enlarged. */
  isMagnified: z.boolean(),
});
export type SharedTrace = z.infer<typeof SharedTrace>;

export const emptyTrace: SharedTrace = {
  seriesUid: null,
  sopInstanceUid: null,
  startMs: 0,
  layout: '3x4+rhythm',
  order: 'standard',
  speed: 25,
  gain: 10,
  highPassHz: 0.05,
  lowPassHz: 150,
  notchHz: null,
  zoom: 1,
  lead: 'II',
  rhythm: 'II',
  isMagnified: false,
};

/** The fields of a trace that differ; undefined where none does. */
export function traceChanges(before: SharedTrace, after: SharedTrace): Partial<SharedTrace> | undefined {
  const changed = Object.entries(after).filter(([field, value]) => value !== before[field as keyof SharedTrace]);
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}
