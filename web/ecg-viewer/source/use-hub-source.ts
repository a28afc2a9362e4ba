import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { useEffect, useMemo, useRef } from 'react';
import { type HubSource, hubSource } from './hub-source.ts';

/** What of a trace the viewer shows and a worker may have added since; anything else leaves the source as it is. */
const contentOf = ({ id, state, overviewLevels, quality }: TraceView): string =>
  JSON.stringify([id, state, overviewLevels, quality]);

/** The source of a trace, the same object as long as nothing of it is new; what is on its way is given up at the end. */
export function useHubSource(view: TraceView | undefined): HubSource | null {
  const latest = useRef(view);
  latest.current = view;
  const content = view && contentOf(view);
  const source = useMemo(() => (content !== undefined && latest.current ? hubSource(latest.current) : null), [content]);
  useEffect(() => () => source?.close(), [source]);
  return source;
}
