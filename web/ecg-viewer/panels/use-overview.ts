import { useEffect, useState, useSyncExternalStore } from 'react';
import { useEcgDesk } from '../desk.ts';
import { shownFilter } from '../source/shown-filter.ts';
import { type Columns, foldBlock, readOverview } from '../stage/overview-data.ts';

/** The columns of the strip over a stretch; null until they are there, and where the source has no overview. */
export function useOverview(fromMs: number, toMs: number, columns: number): Columns | null {
  const { source, meta, recording, store, state } = useEcgDesk();
  const { lead, filter } = state.look;
  const [found, setFound] = useState<Columns | null>(null);
  const index = Math.max(
    0,
    recording.leads.findIndex(({ code }) => code === lead),
  );
  const isWhole = recording.durationMs <= store.blockMs;
  // A short recording draws its strip as soon as its one block has come.
  const hasBlock = useSyncExternalStore(
    store.subscribe,
    () => isWhole && store.block(0, shownFilter(filter, recording)) !== null,
  );
  useEffect(() => {
    if (columns < 10) return;
    if (isWhole) {
      if (hasBlock) setFound(foldBlock(store, shownFilter(filter, recording), index, columns));
      return;
    }
    let isLatest = true;
    readOverview({ source, meta, recording }, index, fromMs, toMs, columns).then(
      (read) => isLatest && setFound(read),
      // The strip then is an empty bar; the picture itself says when its samples cannot be had.
      () => isLatest && setFound(null),
    );
    return () => {
      isLatest = false;
    };
  }, [source, meta, recording, store, filter, index, fromMs, toMs, columns, isWhole, hasBlock]);
  return found;
}
