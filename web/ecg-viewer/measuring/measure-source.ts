import type { EcgMeasurements } from '@lianzhen/contracts/ecg-measurements.ts';
import { measureWithMedian } from '@lianzhen/ecg/signal/measure.ts';
import type { MedianBeats } from '@lianzhen/ecg/signal/median-beat.ts';
import type { Recording } from '@lianzhen/ecg/trace.ts';
import type { EcgRecording, EcgSource } from '../source/ecg-source.ts';

export interface Proposal {
  readonly measurements: EcgMeasurements;
  readonly median: MedianBeats | null;
}

/** A page measures what it shows; a whole day is measured by the hub. */
export const measuredMs = 60_000;
/** Units to a microvolt: what was stored comes back unchanged for every gain that recorders have. */
const unitsPerUv = 64;

/** Microvolts as a recording that can be measured. */
export function recordingOf(info: EcgRecording, leads: readonly Float32Array[]): Recording {
  return {
    kind: info.kind,
    label: info.label,
    samplingFrequency: info.samplingFrequency,
    startMs: info.startMs,
    leads: info.leads.map(({ code, derived, filter }, i) => ({
      code,
      derived,
      filter,
      samples: Int32Array.from(leads[i] ?? [], (uv) => Math.round(uv * unitsPerUv)),
      gain: 1 / unitsPerUv,
      baseline: 0,
    })),
  };
}

/** Measures the beginning of a recording, at most a minute of it. Rejects when its samples cannot be had. */
export async function measureSource(source: EcgSource, info: EcgRecording): Promise<Proposal> {
  const leads = await source.samples(info.index, 0, Math.min(info.durationMs, measuredMs));
  // The picture first: measuring takes longer than a frame.
  await new Promise((painted) => setTimeout(painted, 50));
  return measureWithMedian(recordingOf(info, leads));
}
