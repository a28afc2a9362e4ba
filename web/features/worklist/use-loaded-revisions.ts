import { useState } from 'react';
import type { Kase } from './use-open-case.ts';

type Study = Pick<Kase['studies'][number], 'studyInstanceUid' | 'revision'>;

/**
 * Which revision of each study is on screen. Late images are offered, not put under the reader's hand: loading them
 * takes the study from the screen for a moment.
 */
export function useLoadedRevisions(studies: readonly Study[]) {
  const [loaded, setLoaded] = useState<Readonly<Record<string, number>>>({});
  const unknown = studies.filter(({ studyInstanceUid }) => loaded[studyInstanceUid] === undefined);
  const of = (more: readonly Study[]) =>
    Object.fromEntries(more.map(({ studyInstanceUid, revision }) => [studyInstanceUid, revision]));
  // Set while it renders, so that the first revision that is seen is the one that is loaded.
  if (unknown.length > 0) setLoaded({ ...loaded, ...of(unknown) });
  return {
    revisionOf: ({ studyInstanceUid, revision }: Study) => loaded[studyInstanceUid] ?? revision,
    load: (study: Study) => setLoaded((now) => ({ ...now, ...of([study]) })),
  };
}
