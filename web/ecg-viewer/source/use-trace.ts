import { useEffect, useState } from 'react';
import type { EcgMeta, EcgSource } from './ecg-source.ts';

export type TraceLoad =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: () => void }
  | { readonly state: 'ready'; readonly meta: EcgMeta; readonly key: number };

/** What a source says of its trace; asked again for another source and when a person retries. */
export function useTrace(source: EcgSource): TraceLoad {
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{ source: EcgSource; load: TraceLoad } | null>(null);
  useEffect(() => {
    let isLatest = true;
    const keep = (load: TraceLoad) => isLatest && setFound({ source, load });
    source.trace().then(
      (meta) => keep({ state: 'ready', meta, key: attempt }),
      (problem: unknown) => {
        const message = problem instanceof Error ? problem.message.slice(0, 300) : '';
        keep({
          state: 'failed',
          message,
          retry: () => {
            setFound(null);
            setAttempt((count) => count + 1);
          },
        });
      },
    );
    return () => {
      isLatest = false;
    };
  }, [source, attempt]);
  // An answer of the source before this one is nobody's.
  return found?.source === source ? found.load : { state: 'loading' };
}
