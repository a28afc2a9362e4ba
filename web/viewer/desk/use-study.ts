import { useEffect, useState } from 'react';
import { isAbort, toProblem, type ViewerProblem } from '../problem.ts';
import { openStudy } from '../source/open-study.ts';
import type { ViewerStudy } from '../source/study-model.ts';
import type { StudySource } from '../source/study-source.ts';

export type StudyLoad =
  | { readonly state: 'loading' }
  /** `refresh` reads the study again while it stays on screen, and leaves it as it was when that fails. */
  | { readonly state: 'ready'; readonly study: ViewerStudy; readonly refresh: () => void }
  | { readonly state: 'failed'; readonly problem: ViewerProblem; readonly retry: () => void };

/** The study of a source, loaded anew when the source changes; a load nobody waits for is aborted. */
export function useStudy(source: StudySource): StudyLoad {
  const [load, setLoad] = useState<StudyLoad>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to load again.
  useEffect(() => {
    const controller = new AbortController();
    setLoad({ state: 'loading' });
    const ready = (study: ViewerStudy) => setLoad({ state: 'ready', study, refresh });
    const refresh = () => {
      // Who asks for this asks again as long as something is missing, so that a failure is no news.
      openStudy(source, controller.signal, true).then(ready, () => undefined);
    };
    openStudy(source, controller.signal).then(ready, (cause: unknown) => {
      if (isAbort(cause)) return;
      const retry = () => setAttempt((count) => count + 1);
      setLoad({ state: 'failed', problem: toProblem(cause, 'network'), retry });
    });
    return () => controller.abort();
  }, [source, attempt]);
  return load;
}
