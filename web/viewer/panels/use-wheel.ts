import { type RefObject, useEffect, useRef } from 'react';
import { leafBy } from '../desk/places.ts';
import { zoomAt } from '../measure/view-transform.ts';
import { wheelSteps } from '../tools/drag.ts';
import { type PointerScene, pointInTile } from './pointer-scene.ts';

/** The wheel leafs, with Ctrl (which is also what a pinch on a touch pad sends) it zooms at the pointer. */
export function useWheel(now: RefObject<PointerScene>): void {
  const left = useRef(0);
  useEffect(() => {
    const element = now.current.element.current;
    if (!element) return;
    // React listens passively, and the page would scroll along.
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey) {
        zoom(now.current, event);
        return;
      }
      const { desk, tile } = now.current;
      const turn = wheelSteps(left.current, event.deltaY, event.deltaMode);
      left.current = turn.left;
      const place = desk.latestPlace(tile);
      const choice = place && leafBy(place, turn.steps);
      if (choice) desk.leaf(tile, choice);
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => element.removeEventListener('wheel', turned);
  }, [now]);
}

function zoom(scene: PointerScene, event: WheelEvent): void {
  const { desk, tile, frame } = scene;
  const viewport = desk.latest().viewports[tile];
  if (!frame || !viewport) return;
  const factor = 2 ** (-Math.sign(event.deltaY) * Math.min(0.25, Math.abs(event.deltaY) / 200));
  desk.dispatch({ type: 'look', tile, look: zoomAt(frame, viewport, factor, pointInTile(scene, event)) });
}
