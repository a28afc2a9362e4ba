import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SheetLead } from '@lianzhen/ecg/sheet/draw-curve.ts';
import { a4Mm } from '@lianzhen/ecg/sheet/paper.ts';
import {
  diagnosticFilter,
  effectiveFilter,
  type FilterSetting,
  filterReach,
  filterSignal,
} from '@lianzhen/ecg/signal/filter.ts';
import { openStoredTrace, type StoredLead, type StoredTrace, storedMicrovolts } from '@lianzhen/ecg/stored-trace.ts';
import type { TraceDevice } from '@lianzhen/ecg/trace.ts';
import { storedSource } from '@lianzhen/platform/stored-source.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

/** What the page with the trace is drawn from. */
export type ReportTrace =
  | {
      kind: 'recording';
      /** Microvolts through `filter`, from the beginning of the recording. */
      leads: readonly SheetLead[];
      filter: FilterSetting;
      startMs: number;
      durationMs: number;
      device: TraceDevice;
    }
  /** A PDF or a photograph: nothing that could be drawn at true scale. */
  | { kind: 'picture' }
  /**
   * `absent`: the hub does not have it; `damaged`: it has, and cannot read it; `lost`: its store does not give it out.
   * `where` names the place in the file.
   */
  | { kind: 'unreadable'; why: 'absent' | 'damaged' | 'lost'; where: string };

/** The slowest speed of the paper: no page shows more time. */
const mmPerSecond = 25;
/** In memory at once, over all leads: a minute of twelve leads at 20,000 Hz. */
const mostSamples = 16 * 1024 * 1024;
const pageMs = (a4Mm.widthMm / mmPerSecond) * 1000;

/** So often a store that does not answer is asked again; then the report goes out without its trace. */
const patientAttempts = 3;

/**
 * The first seconds of the trace that a report is about, filtered as the screen first shows them. What is wrong with the
 * trace is a value and never an error: a report is not held up by it.
 * @param attempt how often the job has begun
 * @throws in its first attempts what the store throws that does not give the trace out, so that the job is done again
 */
export async function readReportTrace(
  { db, blobs, log }: Pick<WorkerDeps, 'db' | 'blobs' | 'log'>,
  { sopInstanceUid, traceId }: EcgPart,
  attempt: number,
): Promise<ReportTrace> {
  const found = await store.traceInstance(db, sopInstanceUid);
  if (found?.isPicture) return { kind: 'picture' };
  if (!found) return { kind: 'unreadable', why: 'absent', where: '' };
  try {
    return await recordingOf(await openStoredTrace(storedSource(blobs, found.blob, found.size)));
  } catch (cause) {
    if (cause instanceof HubError && cause.code === 'ecg-invalid') {
      const { where } = cause.details;
      return { kind: 'unreadable', why: 'damaged', where: typeof where === 'string' ? where : '' };
    }
    if (attempt <= patientAttempts) throw cause;
    log.error({ err: cause, traceId, attempt }, 'a report is rendered without its trace');
    return { kind: 'unreadable', why: 'lost', where: '' };
  }
}

async function recordingOf(stored: StoredTrace): Promise<ReportTrace> {
  const index = Math.max(
    0,
    stored.recordings.findIndex(({ kind }) => kind === 'rhythm'),
  );
  const recording = stored.recordings[index];
  if (!recording) return { kind: 'picture' };
  const { samplingFrequency, startMs, sampleCount } = recording;
  const filter = effectiveFilter(diagnosticFilter, samplingFrequency);
  const most = Math.min(sampleCount, Math.floor(mostSamples / Math.max(1, recording.leads.length)));
  const shown = Math.min(most, Math.ceil((pageMs * samplingFrequency) / 1000));
  // What lies after the page still shapes what is on it.
  const needed = Math.min(most, shown + filterReach(filter, samplingFrequency));
  const leads = await stored.read(index, 0, needed);
  return {
    ...{ kind: 'recording', filter, startMs },
    leads: leads.map((lead) => ({
      ...{ code: lead.code, derived: lead.derived, samplingFrequency, startMs },
      samples: Float32Array.from(filtered(lead, samplingFrequency, filter).subarray(0, shown)),
    })),
    durationMs: (sampleCount * 1000) / samplingFrequency,
    device: stored.facts.device,
  };
}

/** Each unbroken stretch by itself: a sample that is missing must not take its neighbours with it. */
function filtered(lead: StoredLead, rateHz: number, filter: FilterSetting): Float64Array {
  const uv = storedMicrovolts(lead);
  for (let from = 0; from < uv.length; ) {
    if (Number.isNaN(uv[from])) {
      from += 1;
      continue;
    }
    let to = from + 1;
    while (to < uv.length && !Number.isNaN(uv[to])) to += 1;
    uv.set(filterSignal(uv.subarray(from, to), rateHz, filter), from);
    from = to;
  }
  return uv;
}
