import { type RefObject, useEffect, useRef } from 'react';
import { widthToTell } from '../../../call/tile-layer.ts';

/** Tells how wide a picture is drawn whenever that asks for another layer; 0 while it, or the page, is out of sight. */
export function useTileWidth(place: RefObject<HTMLElement | null>, tell: (width: number) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let told: number | undefined;
    let isInSight = true;
    const look = () => {
      const isShown = isInSight && document.visibilityState === 'visible';
      const width = widthToTell(isShown ? element.clientWidth : 0, window.devicePixelRatio);
      if (width === told) return;
      told = width;
      latest.current(width);
    };
    const size = new ResizeObserver(look);
    const sight = new IntersectionObserver(([entry]) => {
      isInSight = entry?.isIntersecting ?? true;
      look();
    });
    size.observe(element);
    sight.observe(element);
    document.addEventListener('visibilitychange', look);
    return () => {
      size.disconnect();
      sight.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [place]);
}
