import { useEffect, useState } from 'react';
import { measureSource, type Proposal } from '../measuring/measure-source.ts';
import type { EcgMeta, EcgRecording, EcgSource } from '../source/ecg-source.ts';
import { firstRecording } from '../source/first-recording.ts';

export interface ReadyEarlier extends Proposal {
  readonly state: 'ready';
  readonly source: EcgSource;
  readonly meta: EcgMeta;
  readonly recording: EcgRecording;
}
/** The earlier trace: none given, on its way, not to be had, or measured. */
export type Earlier =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | ReadyEarlier;

/** Reads and measures the trace to compare with, when one is given. */
export function useEarlier(source: EcgSource | null): Earlier {
  const [found, setFound] = useState<{ source: EcgSource; earlier: Earlier } | null>(null);
  useEffect(() => {
    if (!source) return;
    let isLatest = true;
    read(source).then(
      (earlier) => isLatest && setFound({ source, earlier }),
      () => isLatest && setFound({ source, earlier: { state: 'failed' } }),
    );
    return () => {
      isLatest = false;
    };
  }, [source]);
  if (!source) return { state: 'none' };
  return found?.source === source ? found.earlier : { state: 'loading' };
}

async function read(source: EcgSource): Promise<Earlier> {
  const meta = await source.trace();
  const recording = firstRecording(meta.recordings);
  if (!recording) return { state: 'failed' };
  return { state: 'ready', source, meta, recording, ...(await measureSource(source, recording)) };
}
