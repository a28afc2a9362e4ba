import { type RefObject, useEffect, useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import type { ScreenPlan } from './screen-plan.ts';

/** The wheel moves in time, with Ctrl it zooms (a pinch on a touch pad comes as that). */
export function useStageWheel(element: RefObject<HTMLElement | null>, screen: ScreenPlan | null): void {
  const { clock, dispatch, state } = useEcgDesk();
  const latest = useRef({ screen, zoom: state.look.zoom });
  latest.current = { screen, zoom: state.look.zoom };
  useEffect(() => {
    const listened = element.current;
    if (!listened) return;
    const turned = (event: WheelEvent) => {
      const { screen: now, zoom } = latest.current;
      if (!now) return;
      if (event.ctrlKey) {
        event.preventDefault();
        dispatch({ kind: 'look', change: { zoom: zoom * Math.exp(-event.deltaY / 500) } });
        return;
      }
      // Where all of the time is on the screen the wheel is the page's own.
      if (clock.lastMs === 0) return;
      event.preventDefault();
      const px = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
      clock.scrollBy((px * lines) / (now.pxPerMm * now.plan.mmPerMs));
    };
    listened.addEventListener('wheel', turned, { passive: false });
    return () => listened.removeEventListener('wheel', turned);
  }, [element, clock, dispatch]);
}
