import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Desk } from '../desk/desk.ts';
import { leafBy, leafTo } from '../desk/places.ts';
import type { Place } from '../frames/load-plan.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { type Affine, applyAffine, distance, invertAffine, type Point } from '../measure/affine.ts';
import { measure } from '../measure/measure.ts';
import { type Frame, pan, zoomAt } from '../measure/view-transform.ts';
import type { DragTool } from '../modes.ts';
import { type Measurement, type MeasurementKind, measurementKinds, type ViewportState } from '../state.ts';
import { type DragStart, dragged, wheelSteps } from '../tools/drag.ts';
import { pick } from '../tools/pick.ts';
import { move, press, release, type Sketch } from '../tools/sketch.ts';
import { currentWindow } from '../voi/current-voi.ts';

/** What a tile's pointer acts on, as it is now. */
export interface PointerScene {
  readonly desk: Desk;
  readonly tile: number;
  readonly element: RefObject<HTMLElement | null>;
  readonly viewport: ViewportState;
  readonly place: Place | null;
  readonly frame: Frame | null;
  readonly toTile: Affine;
  readonly loaded: LoadedImage | undefined;
  readonly measurements: readonly Measurement[];
}

interface Drag extends DragStart {
  readonly tool: DragTool;
  readonly from: Place;
}

interface Pinch {
  readonly apart: number;
  readonly middle: Point;
  readonly start: ViewportState;
  readonly frame: Frame;
}

const mouseReach = 7;
const fingerReach = 18;
/** A measurement shorter than this on the screen was a click. */
const leastPixels = 4;

const isMeasuring = (tool: string): tool is MeasurementKind => (measurementKinds as readonly string[]).includes(tool);

/**
 * Mouse, pen and fingers on one tile. One pointer is the active tool (the middle button pans, the right one zooms), two
 * fingers zoom and pan, the wheel leafs and with Ctrl zooms.
 * @returns the sketch being drawn and the handlers of the tile.
 */
export function useTilePointer(scene: PointerScene) {
  const now = useRef(scene);
  now.current = scene;
  const pointers = useRef(new Map<number, Point>());
  const drag = useRef<Drag | null>(null);
  const pinch = useRef<Pinch | null>(null);
  const [sketch, setSketch] = useState<Sketch | null>(null);
  const isDrawing = useRef(false);

  useWheel(now);

  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = now.current.element.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const inImage = (point: Point) => applyAffine(invertAffine(now.current.toTile), point);

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const { desk, tile } = now.current;
    desk.dispatch({ type: 'activate', tile });
    const point = at(event);
    pointers.current.set(event.pointerId, point);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (pointers.current.size === 2) {
      drag.current = null;
      isDrawing.current = false;
      setSketch(null);
      pinch.current = startPinch(now.current, [...pointers.current.values()]);
      return;
    }
    if (pointers.current.size > 2) return;
    const isLeft = event.pointerType !== 'mouse' || event.button === 0;
    const tool = isLeft ? desk.tool : event.button === 1 ? 'pan' : 'zoom';
    const picked = isLeft ? pickAt(now.current, point, event.pointerType) : null;
    if (isLeft) desk.select(picked?.id ?? null);
    const held = picked?.point != null ? editOf(now.current.measurements, picked.id, picked.point) : null;
    if (held || isMeasuring(tool)) {
      if (!now.current.loaded) return;
      isDrawing.current = true;
      setSketch((before) => held ?? (isMeasuring(tool) ? press(before, tool, inImage(point)) : before));
    } else {
      drag.current = startDrag(now.current, tool, point);
    }
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const point = at(event);
    if (pointers.current.has(event.pointerId)) pointers.current.set(event.pointerId, point);
    if (pinch.current) applyPinch(now.current, pinch.current, [...pointers.current.values()]);
    else if (drag.current) applyDrag(now.current, drag.current, point);
    // A sketch that goes on follows the pointer even while no button is down.
    else if (sketch) setSketch(move(sketch, inImage(point)));
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId);
    if (pointers.current.size < 2) pinch.current = null;
    drag.current = null;
    if (!isDrawing.current || !sketch) return;
    isDrawing.current = false;
    const released = release(sketch, leastPixels / Math.hypot(now.current.toTile.a, now.current.toTile.b));
    if (released && 'done' in released) keep(now.current, released.done);
    setSketch(released && 'goesOn' in released ? released.goesOn : null);
  };

  return { sketch, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } };
}

function useWheel(now: RefObject<PointerScene>): void {
  const left = useRef(0);
  useEffect(() => {
    const element = now.current.element.current;
    if (!element) return;
    // React listens passively, and the page would scroll along.
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      const { desk, tile, frame } = now.current;
      if (event.ctrlKey && frame) {
        const viewport = desk.latest().viewports[tile] ?? now.current.viewport;
        const box = element.getBoundingClientRect();
        const point = { x: event.clientX - box.left, y: event.clientY - box.top };
        const factor = 2 ** (-Math.sign(event.deltaY) * Math.min(0.25, Math.abs(event.deltaY) / 200));
        desk.dispatch({ type: 'look', tile, look: zoomAt(frame, viewport, factor, point) });
        return;
      }
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

function pickAt({ measurements, toTile }: PointerScene, point: Point, pointerType: string) {
  return pick(measurements, toTile, point, pointerType === 'mouse' ? mouseReach : fingerReach);
}

function editOf(measurements: readonly Measurement[], id: string, point: number): Sketch | null {
  const known = measurements.find((measurement) => measurement.id === id);
  return known ? { kind: known.kind, points: known.points, edits: { id, point } } : null;
}

function startDrag({ frame, viewport, loaded, place }: PointerScene, tool: DragTool, at: Point): Drag | null {
  if (!frame || !place) return null;
  const window = loaded ? currentWindow(loaded, viewport) : { center: 127.5, width: 255 };
  return { tool, frame, look: viewport, at, window, images: place.series.images.length, from: place };
}

function applyDrag({ desk, tile }: PointerScene, drag: Drag, point: Point): void {
  const result = dragged(drag.tool, drag, { x: point.x - drag.at.x, y: point.y - drag.at.y });
  if ('look' in result) {
    desk.dispatch({ type: 'look', tile, look: result.look });
    return;
  }
  const place = desk.latestPlace(tile);
  const choice = place && leafTo(place, drag.from.index + result.leaf);
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

/** A finished sketch becomes a measurement, with its values taken from the pixels once and for all. */
function keep({ desk, loaded, measurements }: PointerScene, sketch: Sketch): void {
  if (!loaded) return;
  const measured = { points: sketch.points, ...measure(sketch.kind, sketch.points, loaded) };
  const known = sketch.edits && measurements.find(({ id }) => id === sketch.edits?.id);
  if (known) {
    desk.changeBook({ type: 'change', measurement: { ...known, ...measured } });
    return;
  }
  const measurement: Measurement = {
    id: crypto.randomUUID(),
    kind: sketch.kind,
    ...loaded.image.ref,
    ...measured,
    author: desk.author,
    createdAt: new Date().toISOString(),
  };
  desk.changeBook({ type: 'add', measurement });
  desk.select(measurement.id);
}
