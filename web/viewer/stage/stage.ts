import type { LoadedImage } from '../frames/loaded-image.ts';
import type { Ramp } from '../voi/ramp.ts';

/** How a picture is drawn: brightness and place, in pixels of the canvas. */
export interface StageLook {
  readonly ramp: Ramp;
  readonly invert: boolean;
  /** Canvas pixels a pixel of the picture takes along its longer spacing. */
  readonly scale: number;
  readonly translation: { readonly x: number; readonly y: number };
  readonly rotation: number;
  readonly hflip: boolean;
  readonly vflip: boolean;
  /** Height of a pixel in relation to its width. */
  readonly aspect: number;
  readonly showsOverlays: boolean;
}

/** A canvas that draws pictures. Another drawing engine takes the place of this one by implementing this much. */
export interface Stage {
  /** Draws with the next screen refresh. */
  show(image: LoadedImage, look: StageLook): void;
  /** Fits the canvas to its element, in device pixels; the picture has to be shown again. */
  resize(width: number, height: number, devicePixelRatio: number): void;
  close(): void;
}

/** @param onDrawn is told the key of the picture once it is on the screen. */
export type CreateStage = (element: HTMLElement, onDrawn: (key: string) => void) => Stage;
