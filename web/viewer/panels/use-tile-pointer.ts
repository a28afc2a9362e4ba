import { type PointerEvent, useRef } from 'react';
import { leafTo } from '../desk/places.ts';
import { applyAffine, distance, invertAffine, type Point } from '../measure/affine.ts';
import { type Frame, pan, zoomAt } from '../measure/view-transform.ts';
import type { DragTool } from '../modes.ts';
import type { ViewportState } from '../state.ts';
import { type DragStart, dragged } from '../tools/drag.ts';
import { currentWindow } from '../voi/current-voi.ts';
import { type PointerScene, pointInTile } from './pointer-scene.ts';
import { useSketch } from './use-sketch.ts';
import { useWheel } from './use-wheel.ts';

interface Drag extends DragStart {
  readonly tool: DragTool;
  /** Index of the image one was at. */
  readonly from: number;
}

interface Pinch {
  readonly apart: number;
  readonly middle: Point;
  readonly start: ViewportState;
  readonly frame: Frame;
}

/**
 * Mouse, pen and fingers on one tile. One pointer is the active tool (the middle button pans, the right one zooms), two
 * fingers zoom and pan, the wheel leafs and with Ctrl zooms.
 * @param imageKey of the picture the tile is to show.
 * @returns the sketch being drawn and the handlers of the tile.
 */
export function useTilePointer(scene: PointerScene, imageKey: string) {
  const now = useRef(scene);
  now.current = scene;
  const pointers = useRef(new Map<number, Point>()).current;
  const drag = useRef<Drag | null>(null);
  const pinch = useRef<Pinch | null>(null);
  const pad = useSketch(now, imageKey, scene.desk.tool);
  useWheel(now);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const { desk, tile } = now.current;
    desk.dispatch({ type: 'activate', tile });
    const point = pointInTile(now.current, event);
    tellPoint(now.current, point);
    pointers.set(event.pointerId, point);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (pointers.size === 1) {
      const isMain = event.pointerType !== 'mouse' || event.button === 0;
      if (isMain && pad.press(point, event.pointerType)) return;
      const tool = isMain ? desk.tool : event.button === 1 ? 'pan' : 'zoom';
      drag.current = startDrag(now.current, tool as DragTool, point);
    } else if (pointers.size === 2) {
      drag.current = null;
      pad.cancel();
      pinch.current = startPinch(now.current, [...pointers.values()]);
    }
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const point = pointInTile(now.current, event);
    tellPoint(now.current, point);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, point);
    if (pinch.current) applyPinch(now.current, pinch.current, [...pointers.values()]);
    else if (drag.current) applyDrag(now.current, drag.current, point);
    // A sketch that goes on follows the pointer even while no button is down.
    else pad.move(point);
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    pointers.delete(event.pointerId);
    if (pointers.size < 2) pinch.current = null;
    drag.current = null;
    pad.release();
  };

  const onPointerLeave = () => now.current.desk.company?.onPoint(null);

  return {
    sketch: pad.sketch,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave },
  };
}

/** Tells the others where on the picture this reader's pointer is. */
function tellPoint({ desk, loaded, toTile }: PointerScene, point: Point): void {
  if (!desk.company || !loaded) return;
  const at = applyAffine(invertAffine(toTile), point);
  const { columns, rows } = loaded.picture;
  const isOnPicture = at.x >= 0 && at.y >= 0 && at.x <= columns && at.y <= rows;
  const { sopInstanceUid, frame } = loaded.image.ref;
  desk.company.onPoint(isOnPicture ? { sopInstanceUid, frame, at } : null);
}

function startDrag({ desk, tile, frame, viewport, loaded }: PointerScene, tool: DragTool, at: Point): Drag | null {
  const place = desk.latestPlace(tile);
  if (!frame || !place) return null;
  const window = loaded ? currentWindow(loaded, viewport) : { center: 127.5, width: 255 };
  return { tool, frame, look: viewport, at, window, images: place.series.images.length, from: place.index };
}

function applyDrag({ desk, tile }: PointerScene, drag: Drag, point: Point): void {
  const result = dragged(drag.tool, drag, { x: point.x - drag.at.x, y: point.y - drag.at.y });
  if ('look' in result) {
    desk.dispatch({ type: 'look', tile, look: result.look });
    return;
  }
  const place = desk.latestPlace(tile);
  const choice = place && leafTo(place, drag.from + result.leaf);
  if (choice) desk.leaf(tile, choice);
}

function startPinch({ frame, viewport }: PointerScene, [p, q]: readonly Point[]): Pinch | null {
  if (!frame || !p || !q) return null;
  return { frame, start: viewport, apart: Math.max(1, distance(p, q)), middle: middleOf(p, q) };
}

function applyPinch(
  { desk, tile }: PointerScene,
  { frame, start, apart, middle }: Pinch,
  [p, q]: readonly Point[],
): void {
  if (!p || !q) return;
  const zoomed = { ...start, ...zoomAt(frame, start, distance(p, q) / apart, middle) };
  const moved = middleOf(p, q);
  const translation = pan(frame, zoomed, { x: moved.x - middle.x, y: moved.y - middle.y });
  desk.dispatch({ type: 'look', tile, look: { scale: zoomed.scale, translation } });
}

const middleOf = (p: Point, q: Point): Point => ({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 });
