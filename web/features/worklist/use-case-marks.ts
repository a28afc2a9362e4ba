import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { markOf, measurementOf } from '../../viewer/mark.ts';
import type { Measurement } from '../../viewer/state.ts';
import { MarkSaver, type MarkState } from './mark-saver.ts';

export type BeforeLeaving = (save: () => Promise<unknown>) => () => void;

/**
 * The measurements and drawings on one study of a case. Those of who read it before are there; one's own are kept while
 * one holds the case.
 */
export function useCaseMarks(
  id: string,
  studyUid: string,
  leaseToken: string | null,
  beforeLeaving: BeforeLeaving,
): { shown: readonly Measurement[]; state: MarkState; change: (marks: readonly Measurement[]) => void } {
  const [shown, show] = useState<readonly Measurement[]>([]);
  const [state, setState] = useState<MarkState>('saved');
  const [saver] = useState(
    () =>
      new MarkSaver({
        place: (mark, token) => {
          const { id: markId, ...body } = markOf(mark);
          return api.worklist.placeMark({ id, leaseToken: token, markId, mark: body });
        },
        remove: (markId, token) => api.worklist.removeMark({ id, leaseToken: token, markId }),
        onState: setState,
      }),
  );
  const { data, refetch } = useQuery(ask('worklist', 'marks', { id }));
  useEffect(() => {
    if (data) show(saver.hear(data.filter((mark) => mark.studyUid === studyUid).map(measurementOf)));
  }, [saver, data, studyUid]);
  // After what was known already: what others have drawn up to now is heard once more.
  useEffect(() => {
    saver.hold(leaseToken);
    if (leaseToken) void refetch();
  }, [saver, leaseToken, refetch]);
  useEffect(() => beforeLeaving(() => saver.flush()), [saver, beforeLeaving]);
  useEffect(() => () => void saver.flush(), [saver]);
  const change = useCallback(
    (marks: readonly Measurement[]) => {
      show(marks);
      saver.change(marks);
    },
    [saver],
  );
  return { shown, state, change };
}
