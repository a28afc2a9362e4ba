import type { Point } from '../measure/affine.ts';
import { type Frame, pan, zoomAt } from '../measure/view-transform.ts';
import type { DragTool } from '../modes.ts';
import type { Look } from '../state.ts';

/** A tile as it was when a drag began. */
export interface DragStart {
  readonly frame: Frame;
  readonly look: Look;
  /** In the tile. */
  readonly at: Point;
  readonly window: { readonly center: number; readonly width: number };
  readonly images: number;
}

/** What a drag asks for: another look, or so many images on from where it began. */
export type DragResult = { readonly look: Partial<Look> } | { readonly leaf: number };

/** A drag across three hundred pixels doubles a window. */
const windowReach = 300;
/** A drag of so many pixels doubles the scale. */
const zoomReach = 150;

/** The effect of a drag that has gone `by` pixels since it began. */
export function dragged(tool: DragTool, start: DragStart, by: Point): DragResult {
  switch (tool) {
    case 'window':
      return { look: draggedWindow(start.window, by) };
    case 'zoom':
      return { look: zoomAt(start.frame, start.look, 2 ** (-by.y / zoomReach), start.at) };
    case 'pan':
      return { look: { translation: pan(start.frame, start.look, by) } };
    case 'scroll':
      return { leaf: Math.round(by.y / pixelsPerImage(start.frame.height, start.images)) };
  }
}

/** To the right wider, upwards brighter, in steps that suit the window one began with. */
export function draggedWindow(window: { center: number; width: number }, by: Point) {
  const step = Math.max(window.width, 1e-3) / windowReach;
  const isWhole = window.width >= 20;
  const neat = (value: number) => (isWhole ? Math.round(value) : Number(value.toPrecision(4)));
  const least = isWhole ? 1 : window.width / 1000;
  return {
    windowWidth: Math.max(least, neat(window.width + by.x * step)),
    windowCenter: neat(window.center + by.y * step),
  };
}

/** The whole height of a tile leafs through the whole series, but never less than four or more than forty pixels an image. */
export function pixelsPerImage(height: number, images: number): number {
  return Math.min(40, Math.max(4, height / Math.max(1, images)));
}

/** Wheels of mice turn in notches of about a hundred, touch pads in small steps that add up. */
const notch = 60;

/** Whole images for a turn of the wheel, and what is left over for the next one. */
export function wheelSteps(left: number, delta: number, deltaMode: number): { steps: number; left: number } {
  // Lines and pages of old browsers and some mice: every event is a notch.
  if (deltaMode !== 0 || Math.abs(delta) >= notch) return { steps: Math.sign(delta), left: 0 };
  const sum = left + delta;
  const steps = Math.trunc(sum / (notch / 2));
  return { steps, left: sum - (steps * notch) / 2 };
}
