import {
  encodeHeader,
  encodeValues,
  mostWindowValues,
  type OverviewFile,
  type OverviewHeader,
  type SamplesHeader,
} from '@lianzhen/contracts/ecg-window.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { storedMicrovolts } from '@lianzhen/ecg/stored-trace.ts';
import type { Deps } from '../deps.ts';
import type { FoundTrace } from './find-trace.ts';
import { openSamples } from './open-samples.ts';
import { overviewOf } from './overview-levels.ts';
import { type AskedWindow, sampleWindow } from './sample-window.ts';

/** Samples of a window of time as contracts/ecg-window.ts has them. */
export async function windowBytes(
  deps: Pick<Deps, 'blobs'>,
  found: FoundTrace,
  asked: AskedWindow,
): Promise<Uint8Array[]> {
  const stored = await openSamples(deps, found);
  const { from, to } = sampleWindow(stored.recordings, asked, mostWindowValues);
  const { samplingFrequency = 1 } = stored.recordings[asked.recording] ?? {};
  const leads = await stored.read(asked.recording, from, to);
  const header: SamplesHeader = {
    kind: 'window',
    ...{ recording: asked.recording, samplingFrequency },
    fromMs: (from * 1000) / samplingFrequency,
    valueCount: to - from,
    leads: leads.map(({ code, derived }) => ({ code, derived })),
  };
  const values = leads.map((lead) => encodeValues(Float32Array.from(storedMicrovolts(lead))));
  return [encodeHeader(header), ...values];
}

type Level = OverviewFile['levels'][number];

/**
 * A stretch of one level of the overview.
 * @throws `not-found` for a level that there is not, `bad-input` for a window that holds too much
 */
export async function overviewBytes(
  { blobs }: Pick<Deps, 'blobs'>,
  { trace }: FoundTrace,
  asked: AskedWindow & { level: number },
): Promise<Uint8Array[]> {
  const overview = overviewOf(trace);
  const level = overview?.levels.find(
    ({ recording, samplesPerPair }) => recording === asked.recording && samplesPerPair === asked.level,
  );
  const info = (trace.recordings as Array<{ samplingFrequency: number; leads: SamplesHeader['leads'] }>)[
    asked.recording
  ];
  if (!overview || !level || !info) throw new HubError('not-found', { field: 'level' });
  const { samplingFrequency } = info;
  const leads = info.leads.map(({ code, derived }) => ({ code, derived }));
  const { from, to } = pairsOf(level, samplingFrequency, asked, leads.length);
  const header: OverviewHeader = {
    kind: 'overview',
    ...{ recording: asked.recording, samplingFrequency, samplesPerPair: level.samplesPerPair, leads },
    fromMs: (from * level.samplesPerPair * 1000) / samplingFrequency,
    valueCount: (to - from) * 2,
  };
  const values: Uint8Array[] = [];
  for (const index of leads.keys()) {
    const at = level.offset + (index * level.pairCount + from) * 8;
    values.push(await blobs.read(overview.blob, at, (to - from) * 8));
  }
  return [encodeHeader(header), ...values];
}

/** The pairs that a window of time touches. */
function pairsOf({ samplesPerPair, pairCount }: Level, rate: number, { fromMs, toMs }: AskedWindow, leads: number) {
  const perMs = rate / 1000 / samplesPerPair;
  const within = (pair: number) => Math.min(pairCount, Math.max(0, pair));
  const from = within(Math.floor((fromMs ?? 0) * perMs));
  const to = Math.max(from, toMs === undefined ? pairCount : within(Math.ceil(toMs * perMs)));
  if ((to - from) * 2 * leads > mostWindowValues) {
    const expected = `a window of at most ${Math.floor(mostWindowValues / 2 / leads / perMs)} ms, or a coarser level`;
    throw new HubError('bad-input', { fields: [{ field: 'toMs', expected }] });
  }
  return { from, to };
}
