import type { Recording, Trace } from '@lianzhen/ecg/trace.ts';
import type { EcgMeta, EcgRecording, EcgSource } from './ecg-source.ts';

const durationOf = (recording: Recording) =>
  ((recording.leads[0]?.samples.length ?? 0) * 1000) / recording.samplingFrequency;

const describe = (recording: Recording, index: number): EcgRecording => ({
  index,
  kind: recording.kind,
  label: recording.label,
  samplingFrequency: recording.samplingFrequency,
  startMs: recording.startMs,
  durationMs: durationOf(recording),
  leads: recording.leads.map(({ code, derived, filter }) => ({ code, derived, filter })),
});

/** A trace that is in memory as a whole, as a source. */
export function memorySource(trace: Trace, more: Partial<EcgMeta> = {}): EcgSource {
  const { acquiredAt, patient, device, annotations, statements, warnings } = trace;
  const meta: EcgMeta = {
    acquiredAt,
    patient,
    device: [device.manufacturer, device.model].filter(Boolean).join(' ') || null,
    recordings: trace.recordings.map(describe),
    annotations,
    statements,
    warnings,
    quality: [],
    overviewLevels: [],
    picture: null,
    ...more,
  };
  return {
    trace: async () => meta,
    samples: async (index, fromMs, toMs) => {
      const recording = trace.recordings[index];
      if (!recording) throw new RangeError(`no recording ${index}`);
      const perMs = recording.samplingFrequency / 1000;
      const first = Math.max(0, Math.round(fromMs * perMs));
      const end = Math.max(first, Math.round(toMs * perMs));
      return recording.leads.map(({ samples, gain, baseline }) =>
        Float32Array.from(samples.subarray(first, end), (unit) => unit * gain + baseline),
      );
    },
  };
}
