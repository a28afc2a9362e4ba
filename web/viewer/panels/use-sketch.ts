import { type RefObject, useEffect, useRef, useState } from 'react';
import { applyAffine, invertAffine, type Point } from '../measure/affine.ts';
import { measure } from '../measure/measure.ts';
import { type Measurement, type MeasurementKind, measurementKinds } from '../state.ts';
import { type Picked, pick } from '../tools/pick.ts';
import { move, press, release, type Sketch } from '../tools/sketch.ts';
import type { PointerScene } from './pointer-scene.ts';

const mouseReach = 7;
const fingerReach = 18;
/** A measurement shorter than this on the screen was a click. */
const leastPixels = 4;

export const isMeasuring = (tool: string): tool is MeasurementKind =>
  (measurementKinds as readonly string[]).includes(tool);

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
  const [sketch, setSketch] = useState<Sketch | null>(null);
  const isDrawing = useRef(false);
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
      const { desk, loaded, measurements } = now.current;
      // A sketch that goes on may end on top of another measurement.
      const picked = sketch ? null : pickAt(now.current, point, pointerType);
      desk.select(picked?.id ?? null);
      const held = editOf(measurements, picked);
      if (!held && !isMeasuring(desk.tool)) return false;
      if (!loaded) return true;
      isDrawing.current = true;
      setSketch(held ?? press(sketch, desk.tool as MeasurementKind, inImage(point)));
      return true;
    },
    move: (point) => {
      if (sketch) setSketch(move(sketch, inImage(point)));
    },
    release: () => {
      if (!isDrawing.current || !sketch) return;
      isDrawing.current = false;
      const { a, b } = now.current.toTile;
      const released = release(sketch, leastPixels / Math.hypot(a, b));
      if (released && 'done' in released) keep(now.current, released.done);
      setSketch(released && 'goesOn' in released ? released.goesOn : null);
    },
  };
}

function pickAt({ measurements, toTile }: PointerScene, point: Point, pointerType: string): Picked | null {
  return pick(measurements, toTile, point, pointerType === 'mouse' ? mouseReach : fingerReach);
}

function editOf(measurements: readonly Measurement[], picked: Picked | null): Sketch | null {
  if (picked?.point == null) return null;
  const known = measurements.find(({ id }) => id === picked.id);
  return known ? { kind: known.kind, points: known.points, edits: { id: picked.id, point: picked.point } } : null;
}

/** A random id of 128 bits; `randomUUID` is missing on pages that come over plain HTTP, as in many hospitals. */
function measurementId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
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
