import type { DecodedPicture } from '../decode/picture-types.ts';
import type { LookupTable } from '../source/lookup-tables.ts';
import type { ViewerImage } from '../source/study-model.ts';
import { type DisplayValues, displayValues } from '../voi/display-values.ts';
import { type Modality, modalityOf } from '../voi/modality.ts';
import { defaultVoi, type FileVoi, fileVois, type Voi } from '../voi/voi.ts';
import type { OverlayBitmap } from './overlay-bitmap.ts';

/** A frame whose pixels are here, with all that is needed to draw and to measure it. */
export interface LoadedImage {
  readonly image: ViewerImage;
  readonly picture: DecodedPicture;
  /** Absent for colour. */
  readonly display: DisplayValues | null;
  readonly modality: Modality;
  readonly fileVois: readonly FileVoi[];
  readonly defaultVoi: Voi;
  /** Filled after the picture is shown: an overlay never delays it. */
  overlays: readonly OverlayBitmap[];
}

export interface ImageTables {
  readonly modality: LookupTable | null;
  readonly voi: readonly LookupTable[];
}

export function loadedImage(image: ViewerImage, picture: DecodedPicture, tables: ImageTables): LoadedImage {
  const { header } = image;
  const modality = modalityOf(header, tables.modality);
  const common = { image, picture, modality, overlays: [] };
  if (picture.kind === 'colour') {
    const identity: Voi = { kind: 'window', center: 127.5, width: 255, shape: 'LINEAR_EXACT' };
    return { ...common, display: null, fileVois: [], defaultVoi: identity };
  }
  const isInverse = header.format.photometricInterpretation === 'MONOCHROME1';
  const vois = fileVois(header, tables.voi);
  return {
    ...common,
    display: displayValues(picture, header.padding, isInverse),
    fileVois: vois,
    defaultVoi: vois[0]?.voi ?? defaultVoi(header, modality, picture.min, picture.max),
  };
}

/** Memory of a loaded frame, in bytes, for the cache's account. */
export function memoryOf({ picture, display }: LoadedImage): number {
  if (picture.kind === 'colour') return picture.rgba.byteLength;
  const isShared = display?.values.buffer === picture.values.buffer;
  return picture.values.byteLength + (isShared ? 0 : (display?.values.byteLength ?? 0));
}

/** The same before the frame is here, from its header. */
export function expectedMemory({ header: { format } }: ViewerImage): number {
  const pixels = format.rows * format.columns;
  if (format.samplesPerPixel > 1 || format.photometricInterpretation === 'PALETTE COLOR') return pixels * 4;
  return pixels * Math.max(1, format.bitsAllocated / 8);
}
