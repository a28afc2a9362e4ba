import { useEffect, useState } from 'react';
import { isAbort, toProblem, type ViewerProblem } from '../problem.ts';
import { openStudy } from '../source/open-study.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { StudySource } from '../source/study-source.ts';

export type StudyLoad =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly study: ViewerStudy }
  | { readonly state: 'failed'; readonly problem: ViewerProblem; readonly retry: () => void };

/** The study of a source, loaded anew when the source changes; a load nobody waits for is aborted. */
export function useStudy(source: StudySource): StudyLoad {
  const [load, setLoad] = useState<StudyLoad>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to load again.
  useEffect(() => {
    const controller = new AbortController();
    setLoad({ state: 'loading' });
    openStudy(source, controller.signal).then(
      (study) => setLoad({ state: 'ready', study }),
      (cause: unknown) => {
        if (isAbort(cause)) return;
        const retry = () => setAttempt((count) => count + 1);
        setLoad({ state: 'failed', problem: toProblem(cause, 'network'), retry });
      },
    );
    return () => controller.abort();
  }, [source, attempt]);
  return load;
}
