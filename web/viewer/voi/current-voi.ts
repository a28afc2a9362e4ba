import type { LoadedImage } from '../frames/loaded-image.ts';
import type { Look } from '../state.ts';
import { fullWindow, type Voi, windowOfTable } from './voi.ts';

export type WindowChoice = Pick<Look, 'windowCenter' | 'windowWidth' | 'fileVoi'>;

/** What a picture is shown with now: the reader's window, else the chosen look of the file, else the usual one. */
export function currentVoi(loaded: LoadedImage, look: WindowChoice): Voi {
  if (look.windowCenter !== null && look.windowWidth !== null) {
    // A reader's window takes the shape of the file's function, except that nobody drags a sigmoid.
    const shape =
      loaded.defaultVoi.kind === 'window' && loaded.defaultVoi.shape === 'LINEAR' ? 'LINEAR' : 'LINEAR_EXACT';
    return { kind: 'window', center: look.windowCenter, width: look.windowWidth, shape };
  }
  return loaded.fileVois[look.fileVoi]?.voi ?? loaded.defaultVoi;
}

/** The window now, as numbers to show and to drag from. */
export function currentWindow(loaded: LoadedImage, look: WindowChoice): { center: number; width: number } {
  const voi = currentVoi(loaded, look);
  return voi.kind === 'window' ? { center: voi.center, width: voi.width } : windowOfTable(voi.table);
}

/** The window over every value of this picture, as a change of look. */
export function fullRange({ modality, picture }: LoadedImage): Pick<Look, 'windowCenter' | 'windowWidth'> {
  if (picture.kind === 'colour') return { windowCenter: null, windowWidth: null };
  const voi = fullWindow(modality, picture.min, picture.max);
  return voi.kind === 'window'
    ? { windowCenter: voi.center, windowWidth: voi.width }
    : { windowCenter: null, windowWidth: null };
}
