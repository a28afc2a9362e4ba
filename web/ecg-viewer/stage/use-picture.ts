import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { SampleStore } from '../source/sample-store.ts';
import { EcgPicture } from './picture.ts';
import type { Scene } from './scene.ts';
import type { ScrollClock } from './scroll-clock.ts';

/** Keeps the canvases showing the scene at the clock's time. @returns whether all of it is painted */
export function usePicture(
  paper: RefObject<HTMLCanvasElement | null>,
  moving: RefObject<HTMLCanvasElement | null>,
  store: SampleStore,
  clock: ScrollClock,
  scene: Scene | null,
): boolean {
  const picture = useRef<EcgPicture | null>(null);
  const [isRendered, setRendered] = useState(false);
  const unit = useDevicePixelRatio();

  useEffect(() => {
    if (!paper.current || !moving.current) return;
    const made = new EcgPicture(paper.current, moving.current, store, setRendered);
    picture.current = made;
    const follow = () => made.scrollTo(clock.startMs);
    follow();
    const stop = clock.subscribe(follow);
    return () => {
      stop();
      made.close();
      picture.current = null;
    };
  }, [paper, moving, store, clock]);

  // After the effect above, so that a new picture is given its scene at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new store or clock makes a new picture.
  useEffect(() => {
    if (scene) picture.current?.show(scene, unit);
  }, [scene, unit, store, clock]);

  return isRendered;
}

/** Changes when the window moves to another monitor or the browser zooms. */
function useDevicePixelRatio(): number {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('resize', changed);
      return () => window.removeEventListener('resize', changed);
    },
    () => window.devicePixelRatio || 1,
  );
}
