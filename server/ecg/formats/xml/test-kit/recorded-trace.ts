import { twelveLeads } from '../../../leads.ts';
import { syntheticTrace } from '../../../signal/test-kit/synthetic.ts';
import type { Lead, Trace } from '../../../trace.ts';

export interface RecordedOptions {
  gain?: number;
  rateHz?: number;
  seconds?: number;
  medianSeconds?: number;
}

/** A number from 0 to 1 that looks random and is the same every time. */
export function chances(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Halves of sums are rounded by the recorder, which measures a little apart from them: a unit up or down. */
function limbLeads(one: Lead, two: Lead): Int32Array[] {
  const chance = chances(7);
  const each = (of: (a: number, b: number) => number) =>
    one.samples.map((a, i) => Math.round(of(a, two.samples[i] ?? 0)) + Math.floor(chance() * 3) - 1);
  return [each((a, b) => b - a), each((a, b) => -(a + b) / 2), each((a, b) => a - b / 2), each((a, b) => b - a / 2)];
}

/**
 * A trace as a recorder with twelve leads of one gain stores it: ten seconds of rhythm, a median of 1.2 s at 1000 Hz
 * with a finer gain, filters, a Chinese name with an ampersand in it.
 */
export function recordedTrace({
  gain = 5,
  rateHz = 500,
  seconds = 10,
  medianSeconds = 1.2,
}: RecordedOptions = {}): Trace {
  const measured = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];
  const filter = { highPassHz: 0.05, lowPassHz: 150, notchHz: 50 };
  const twelve = (rate: number, length: number, units: number): Lead[] => {
    const trace = syntheticTrace({
      gain: units,
      rateHz: rate,
      seconds: length,
      leads: measured,
      noise: { muscleUv: 20 },
    });
    const leads = trace.recordings[0]?.leads ?? [];
    const [one, two, ...chest] = leads;
    if (!one || !two) throw new Error('limb leads');
    const all = [one.samples, two.samples, ...limbLeads(one, two), ...chest.map((lead) => lead.samples)];
    return twelveLeads.map((code, i) => {
      const samples = all[i] ?? new Int32Array();
      return { code, derived: false, samples, gain: units, baseline: 0, filter };
    });
  };
  const rhythm = { kind: 'rhythm', label: null, samplingFrequency: rateHz, startMs: 0 } as const;
  const median = { kind: 'median', label: null, samplingFrequency: 1000, startMs: 0 } as const;
  return {
    ...syntheticTrace({ seconds: 1 }),
    recordings: [
      { ...rhythm, leads: twelve(rateHz, seconds, gain) },
      { ...median, leads: twelve(1000, medianSeconds, gain / 2) },
    ],
    acquiredAt: '2026-03-01T08:00:00',
    patient: { id: 'P-1', name: '张&李^三', sex: 'F', birthDate: '19600229' },
    device: { manufacturer: 'Synthetic', model: 'PQRST', serialNumber: '17', software: '1.2' },
  };
}

/** What must survive a journey through a format: the samples and what they are worth, of the named leads or all. */
export const samplesOf = (trace: Trace, codes?: readonly string[]) =>
  trace.recordings.map(({ kind, samplingFrequency, leads }) => ({
    kind,
    samplingFrequency,
    leads: leads
      .filter(({ code }) => !codes || codes.includes(code))
      .map(({ code, gain, baseline, samples }) => ({ code, gain, baseline, samples })),
  }));

/** What `ecg-invalid` says when a reader refuses; the error itself for any other, nothing when it reads. */
export function refusal(read: (bytes: Buffer) => unknown, text: string | Buffer): unknown {
  try {
    read(Buffer.from(text));
    return undefined;
  } catch (error) {
    const { code, details } = error as { code?: string; details?: Record<string, unknown> };
    return code === 'ecg-invalid' ? details : error;
  }
}
