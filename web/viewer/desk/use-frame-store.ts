import { useEffect, useState } from 'react';
import { browserPool } from '../decode/browser-pool.ts';
import { FrameStore } from '../frames/frame-store.ts';
import type { StudySource } from '../source/study-source.ts';
import { browserCache } from '../stage/cornerstone-cache.ts';

/** The frames of a study while it is on the page; what it holds in the cache goes when the viewer goes. */
export function useFrameStore(source: StudySource, studyUid: string): FrameStore | null {
  const [store, setStore] = useState<FrameStore | null>(null);
  useEffect(() => {
    const opened = new FrameStore({ source, pool: browserPool(), cache: browserCache() }, studyUid);
    setStore(opened);
    // What failed for want of a connection is worth another try once there is one.
    const again = () => opened.retry();
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
      opened.close();
      setStore(null);
    };
  }, [source, studyUid]);
  return store;
}
