import { type RefObject, useEffect, useRef, useState } from 'react';
import { applyAffine, invertAffine, type Point } from '../measure/affine.ts';
import { measure } from '../measure/measure.ts';
import { drawingKinds, type MarkKind, type Measurement, measurementKinds } from '../state.ts';
import { type Picked, pick } from '../tools/pick.ts';
import { move, press, release, type Sketch } from '../tools/sketch.ts';
import type { PointerScene } from './pointer-scene.ts';

const mouseReach = 7;
const fingerReach = 18;
/** A measurement shorter than this on the screen was a click. */
const leastPixels = 4;

/** Steps of a line drawn by hand, on the screen. */
const leastStep = 2;

export const isMarking = (tool: string): tool is MarkKind =>
  ([...measurementKinds, ...drawingKinds] as readonly string[]).includes(tool);

export interface SketchPad {
  readonly sketch: Sketch | null;
  /** Takes a press: it begins or goes on with a sketch, or takes hold of a point of a measurement. False when neither. */
  readonly press: (point: Point, pointerType: string) => boolean;
  readonly move: (point: Point) => void;
  readonly release: () => void;
  readonly cancel: () => void;
}

/** The measurement that is being drawn or changed on a tile. Another picture or another tool gives it up. */
export function useSketch(now: RefObject<PointerScene>, imageKey: string, tool: string): SketchPad {
  const [sketch, showSketch] = useState<Sketch | null>(null);
  // A pen moves several times between two drawings of the page, and none of it may be lost.
  const latest = useRef<Sketch | null>(null);
  const isDrawing = useRef(false);
  const setSketch = (next: Sketch | null) => {
    latest.current = next;
    showSketch(next);
  };
  const cancel = () => {
    isDrawing.current = false;
    setSketch(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes is the reason, not an input.
  useEffect(() => cancel, [imageKey, tool]);
  const inImage = (point: Point) => applyAffine(invertAffine(now.current.toTile), point);

  return {
    sketch,
    cancel,
    press: (point, pointerType) => {
      const { desk, loaded, measurements, others } = now.current;
      // A sketch that goes on may end on top of another measurement.
      const picked = latest.current ? null : pickAt(now.current, point, pointerType);
      desk.select(picked?.id ?? null);
      // Somebody else's mark is chosen, never moved, and no mark of one's own is put on top of it.
      if (picked && others.some(({ id }) => id === picked.id)) return true;
      const held = editOf(measurements, picked);
      if (!held && !isMarking(desk.tool)) return false;
      if (!loaded || desk.company?.canMark === false) return true;
      isDrawing.current = true;
      setSketch(held ?? press(latest.current, desk.tool as MarkKind, inImage(point)));
      return true;
    },
    move: (point) => {
      const drawn = latest.current;
      if (!drawn || (drawn.kind === 'freehand' && !isDrawing.current)) return;
      setSketch(move(drawn, inImage(point), leastStep / pixelSize(now.current)));
    },
    release: () => {
      const drawn = latest.current;
      if (!isDrawing.current || !drawn) return;
      isDrawing.current = false;
      const released = release(drawn, leastPixels / pixelSize(now.current));
      if (released && 'done' in released) keep(now.current, released.done);
      setSketch(released && 'goesOn' in released ? released.goesOn : null);
    },
  };
}

/** How large a pixel of the picture is on the screen. */
const pixelSize = ({ toTile }: PointerScene): number => Math.hypot(toTile.a, toTile.b);

function pickAt({ measurements, others, toTile }: PointerScene, at: Point, pointerType: string): Picked | null {
  return pick([...others, ...measurements], toTile, at, pointerType === 'mouse' ? mouseReach : fingerReach);
}

function editOf(measurements: readonly Measurement[], picked: Picked | null): Sketch | null {
  if (picked?.point == null) return null;
  const known = measurements.find(({ id }) => id === picked.id);
  return known ? { kind: known.kind, points: known.points, edits: { id: picked.id, point: picked.point } } : null;
}

/** A random UUID (RFC 9562, version 4); `randomUUID` is missing on pages that come over plain HTTP, as in many hospitals. */
function measurementId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

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
    id: measurementId(),
    kind: sketch.kind,
    ...loaded.image.ref,
    ...measured,
    author: desk.author,
    createdAt: new Date().toISOString(),
  };
  desk.changeBook({ type: 'add', measurement });
  desk.select(measurement.id);
}
