import { useMemo } from 'react';
import { EcgDeskContext, useEcgDesk } from '../desk.ts';
import { TraceHead } from '../panels/trace-head.tsx';
import { Stage } from '../stage/stage.tsx';
import { useStore } from '../stage/use-store.ts';
import type { ReadyEarlier } from './use-earlier.ts';

/** The earlier trace below the present one, in the same look, scrolled by itself; it is not measured in. */
export function EarlierStage({ earlier }: { readonly earlier: ReadyEarlier }) {
  const desk = useEcgDesk();
  const { source, meta, recording } = earlier;
  const { store, clock } = useStore(source, recording);
  const beside = useMemo(
    () => ({
      ...desk,
      source,
      meta,
      recording,
      onRecording: undefined,
      store,
      clock,
      // Cursors and calipers of others are on the present one.
      company: undefined,
      state: { ...desk.state, tool: 'pan' as const, calipers: [], selected: null },
    }),
    [desk, source, meta, recording, store, clock],
  );
  return (
    <EcgDeskContext value={beside}>
      <div className="lze-earlier">
        <p className="lze-earlier-name">{desk.say('earlier')}</p>
        <TraceHead />
        <Stage testId="ecg-earlier" />
      </div>
    </EcgDeskContext>
  );
}
