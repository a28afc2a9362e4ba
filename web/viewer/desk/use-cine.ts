import { useEffect, useRef } from 'react';
import type { FrameStore } from '../frames/frame-store.ts';
import type { Place } from '../frames/load-plan.ts';
import type { FrameChoice } from '../state-reducer.ts';
import { choiceOf } from './places.ts';

/** Stacks without a rate of their own; slow enough to look. */
export const usualRate = 10;

/** Frames a second to play a place with: the device's, else the usual one, at most what a screen shows. */
export function rateOf(place: Place | null): number {
  const said = place?.series.images[place.index]?.header.frameRate;
  return Math.min(60, Math.max(1, Math.round(said ?? usualRate)));
}

/** Plays a stack round and round while `rate` is given; it waits for a frame that is not here yet. */
export function useCine(
  place: Place | null,
  rate: number | null,
  store: FrameStore,
  show: (choice: FrameChoice) => void,
): void {
  const latest = useRef({ place, show });
  latest.current = { place, show };
  useEffect(() => {
    if (rate === null) return;
    const timer = setInterval(() => {
      const { place: now, show: go } = latest.current;
      const images = now?.series.images ?? [];
      const next = now ? images[(now.index + 1) % images.length] : undefined;
      if (images.length > 1 && next && (store.get(next) || store.problem(next))) go(choiceOf(next));
    }, 1000 / rate);
    return () => clearInterval(timer);
  }, [rate, store]);
}
