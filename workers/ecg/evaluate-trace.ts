import { setImmediate as breathe } from 'node:timers/promises';
import type { EcgMeasurements, QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import type { OverviewFile } from '@lianzhen/contracts/ecg-window.ts';
import { measureTrace } from '@lianzhen/ecg/signal/measure.ts';
import { judgeQuality } from '@lianzhen/ecg/signal/quality.ts';
import { type StoredRecording, type StoredTrace, storedMicrovolts } from '@lianzhen/ecg/stored-trace.ts';
import type { Recording } from '@lianzhen/ecg/trace.ts';
import type { WorkerDeps } from '../deps.ts';
import { combineStretches, type MeasuredStretch } from './measure-long.ts';
import { OverviewBuilder, writeOverview } from './overview.ts';

export interface Evaluation {
  /** Of the first rhythm; null where there is none. */
  measurements: EcgMeasurements | null;
  quality: QualityFinding[];
  overview: OverviewFile | null;
}

/** What is shorter is drawn from its samples. */
const overviewFromSeconds = 60;
/** What is longer is measured stretch by stretch: neither memory nor the other jobs of the process are taken up by it. */
const stretchSeconds = 300;

/** Reads a recording once, from its beginning to its end, and finds out everything that is kept about it. */
export async function evaluateTrace(
  { blobs }: Pick<WorkerDeps, 'blobs'>,
  stored: StoredTrace,
  signal: AbortSignal,
): Promise<Evaluation> {
  const rhythm = stored.recordings.findIndex(({ kind }) => kind === 'rhythm');
  const overviews = new Map<number, ReturnType<OverviewBuilder['levels']>>();
  let judged: Pick<Evaluation, 'measurements' | 'quality'> = { measurements: null, quality: [] };
  for (const [index, recording] of stored.recordings.entries()) {
    const isLong = recording.sampleCount / recording.samplingFrequency > overviewFromSeconds;
    if (!isLong && index !== rhythm) continue;
    const builder = isLong ? new OverviewBuilder(recording.leads.length, recording.sampleCount) : null;
    const found = await readThrough(stored, index, recording, index === rhythm, builder, signal);
    if (index === rhythm) judged = found;
    if (builder) overviews.set(index, builder.levels());
  }
  return { ...judged, overview: overviews.size > 0 ? await writeOverview(blobs, overviews) : null };
}

async function readThrough(
  stored: StoredTrace,
  index: number,
  recording: StoredRecording,
  isMeasured: boolean,
  builder: OverviewBuilder | null,
  signal: AbortSignal,
): Promise<Pick<Evaluation, 'measurements' | 'quality'>> {
  const { sampleCount, samplingFrequency, kind, label, startMs } = recording;
  const length = Math.max(1, Math.round(stretchSeconds * samplingFrequency));
  const stretches: MeasuredStretch[] = [];
  let quality: QualityFinding[] = [];
  for (let from = 0; from < sampleCount; from += length) {
    signal.throwIfAborted();
    const leads = await stored.read(index, from, Math.min(sampleCount, from + length));
    builder?.add(leads.map(storedMicrovolts));
    if (!isMeasured) continue;
    const stretch: Recording = { kind, label, samplingFrequency, startMs, leads };
    const measured = measureTrace(stretch);
    stretches.push({ fromMs: (from * 1000) / samplingFrequency, measured });
    if (from === 0) quality = judgeQuality(stretch, measured);
    await breathe();
  }
  const [only, another] = stretches;
  const durationMs = (sampleCount * 1000) / samplingFrequency;
  return { measurements: only && !another ? only.measured : combineStretches(stretches, durationMs), quality };
}
