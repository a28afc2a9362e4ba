import { useEffect, useMemo, useState } from 'react';
import type { EcgRecording, EcgSource } from '../source/ecg-source.ts';
import { SampleStore } from '../source/sample-store.ts';
import { ScrollClock } from './scroll-clock.ts';

/** The samples of a recording and the time at which its picture begins, as long as the part that asked is there. */
export function useStore(source: EcgSource, recording: EcgRecording): { store: SampleStore; clock: ScrollClock } {
  const [clock] = useState(() => new ScrollClock());
  const store = useMemo(() => new SampleStore(source, recording), [source, recording]);
  useEffect(() => () => store.close(), [store]);
  return { store, clock };
}
