import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { type DecodedSamples, decodeSamples } from '@lianzhen/contracts/ecg-window.ts';
import { hubFetch } from '../../api/client.ts';
import { traceOriginal, traceOverview, traceWindow } from '../../api/documents.ts';
import type { EcgMeta, EcgSource } from './ecg-source.ts';

/** A recording up to this length is fetched once as a whole. */
const wholeMs = 90_000;
/** Stretches that are kept: a reader goes back and forth. */
const mostKept = 24;

/** Bytes of an address of the hub; rejects when they cannot be had or the signal gives them up. */
export type FetchBytes = (path: string, signal: AbortSignal) => Promise<ArrayBuffer>;

const fromHub: FetchBytes = async (path, signal) =>
  (await hubFetch(new Request(new URL(path, window.location.origin), { signal }))).arrayBuffer();

export interface HubSource extends EcgSource {
  /** Gives up what is on its way; what is asked for afterwards is fetched as before. */
  close(): void;
}

const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F' };

/** What the viewer wants to know of a trace, from what the hub says of it. */
export function metaOf(view: TraceView): EcgMeta {
  const { patient, device } = view;
  return {
    acquiredAt: view.acquiredAt,
    // The hub's own number of a person means nothing to people.
    patient: patient && { ...patient, id: null, sex: sexes[patient.sex] ?? null },
    device: [device.manufacturer, device.model].filter(Boolean).join(' ') || null,
    recordings: view.recordings,
    annotations: view.annotations,
    statements: view.statements,
    warnings: view.warnings,
    quality: view.quality,
    overviewLevels: view.overviewLevels,
    picture: view.state === 'picture' ? { url: traceOriginal(view.id), mediaType: view.original.mediaType } : null,
  };
}

/** The samples of each lead in the order of the recording, wherever the answer has them. */
function inOrder(view: TraceView, recording: number, { header, values }: DecodedSamples): Float32Array[] {
  const leads = view.recordings.find(({ index }) => index === recording)?.leads ?? [];
  return leads.map(({ code }) => values[header.leads.findIndex((lead) => lead.code === code)] ?? new Float32Array());
}

/**
 * A trace at the hub as the viewer's source. Answers are kept, the oldest forgotten first; one that failed is not, so that
 * asking again tries again.
 */
export function hubSource(view: TraceView, fetchBytes: FetchBytes = fromHub): HubSource {
  const { id } = view;
  const kept = new Map<string, Promise<DecodedSamples>>();
  let giveUp = new AbortController();
  const ask = (path: string): Promise<DecodedSamples> => {
    const known = kept.get(path);
    kept.delete(path);
    const answer = known ?? fetchBytes(path, giveUp.signal).then(decodeSamples);
    kept.set(path, answer);
    answer.catch(() => kept.delete(path));
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return answer;
  };
  const samples: EcgSource['samples'] = async (recording, fromMs, toMs) => {
    const { durationMs = 0 } = view.recordings.find(({ index }) => index === recording) ?? {};
    const isWhole = durationMs <= wholeMs;
    const answer = await ask(traceWindow(id, recording, isWhole ? 0 : fromMs, isWhole ? durationMs : toMs));
    const leads = inOrder(view, recording, answer);
    if (!isWhole) return leads;
    const perMs = answer.header.samplingFrequency / 1000;
    const first = Math.max(0, Math.round(fromMs * perMs));
    return leads.map((lead) => lead.subarray(first, Math.max(first, Math.round(toMs * perMs))));
  };
  const overview: NonNullable<EcgSource['overview']> = async (recording, samplesPerPair, fromMs, toMs) => {
    const answer = await ask(traceOverview(id, recording, samplesPerPair, fromMs, toMs));
    return { samplesPerPair, fromMs: answer.header.fromMs, pairs: inOrder(view, recording, answer) };
  };
  return {
    trace: async () => metaOf(view),
    samples,
    overview,
    close: () => {
      giveUp.abort();
      giveUp = new AbortController();
    },
  };
}
