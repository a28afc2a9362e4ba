import type { RefObject } from 'react';
import type { Desk } from '../desk/desk.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import type { Affine, Point } from '../measure/affine.ts';
import type { Frame } from '../measure/view-transform.ts';
import type { Measurement, ViewportState } from '../state.ts';

/** What a tile's pointer acts on, as it is now. */
export interface PointerScene {
  readonly desk: Desk;
  readonly tile: number;
  readonly element: RefObject<HTMLElement | null>;
  readonly viewport: ViewportState;
  readonly frame: Frame | null;
  readonly toTile: Affine;
  /** Absent while the wanted picture is not here. */
  readonly loaded: LoadedImage | undefined;
  readonly measurements: readonly Measurement[];
  /** Marks of others that this reader may take hold of. */
  readonly others: readonly Measurement[];
}

/** Where a pointer is in its tile. */
export function pointInTile({ element }: PointerScene, event: { clientX: number; clientY: number }): Point {
  const box = element.current?.getBoundingClientRect();
  return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
}
