import { useCallback, useMemo, useState } from 'react';
import { type SeenStudies, seenOf, withSeen } from './seen-series.ts';
import type { Kase } from './use-open-case.ts';

/** How much of the case was on screen; null until its first study is. */
export function useSeen(studies: Kase['studies']) {
  const [opened, setOpened] = useState<SeenStudies>(new Map());
  const tell = useCallback((studyUid: string, percentBySeries: Readonly<Record<string, number>>) => {
    setOpened((now) => withSeen(now, studyUid, percentBySeries));
  }, []);
  const seen = useMemo(() => {
    if (opened.size === 0) return null;
    return seenOf(
      studies.map(({ studyInstanceUid }) => studyInstanceUid),
      opened,
    );
  }, [studies, opened]);
  return { seen, tell };
}
