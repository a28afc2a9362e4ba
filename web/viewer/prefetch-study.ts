import { browserPool } from './decode/browser-pool.ts';
import { FrameStore } from './frames/frame-store.ts';
import { loadOrder } from './frames/load-plan.ts';
import { isAbort } from './problem.ts';
import { openStudy } from './source/open-study.ts';
import type { StudySource } from './source/study-source.ts';
import { browserCache } from './stage/cornerstone-cache.ts';

export interface Prefetch {
  /** Stops loading and lets the frames go, unless a viewer shows the study by then. */
  release(): void;
}

/** One connection, so that the open case does not wait for the next one. */
const loadsAtOnce = 1;

/**
 * Brings the next case near: its metadata, the first image of each series, then the first series. Give the same source
 * to the viewer, and release this once it is mounted. A failure is silent; the viewer will tell when it is opened.
 */
export function prefetchStudy(source: StudySource): Prefetch {
  const controller = new AbortController();
  let store: FrameStore | undefined;
  const begin = async () => {
    const study = await openStudy(source, controller.signal);
    if (controller.signal.aborted) return;
    store = new FrameStore({ source, pool: browserPool(), cache: browserCache() }, study.studyUid, loadsAtOnce);
    const series = study.series[0];
    if (series) store.want(loadOrder(study.series, [{ series, index: 0 }], 'series'), 1);
  };
  void begin().catch((cause: unknown) => {
    // Nobody has asked for this study yet, so that there is nobody to tell.
    if (!isAbort(cause)) store?.close();
  });
  return {
    release: () => {
      controller.abort();
      store?.close();
    },
  };
}
