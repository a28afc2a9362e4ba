import type { CornerstoneImage, CornerstoneLut, CornerstoneViewport } from 'cornerstone-core/dist/cornerstone.min.js';
import { type LoadedImage, memoryOf } from '../frames/loaded-image.ts';
import type { Ramp } from '../voi/ramp.ts';
import type { StageLook } from './stage.ts';

const images = new WeakMap<LoadedImage, CornerstoneImage>();
const tables = new WeakMap<Ramp, CornerstoneLut>();
let nextTable = 1;

/** The image model of cornerstone over our pixels; nothing is copied. Modality and window come in as one ramp. */
export function cornerstoneImage(loaded: LoadedImage, id: string): CornerstoneImage {
  const known = images.get(loaded);
  if (known) return known;
  const { picture, display, image } = loaded;
  const pixels = picture.kind === 'colour' ? picture.rgba : (display?.values ?? picture.values);
  const made: CornerstoneImage = {
    imageId: id,
    minPixelValue: display?.min ?? 0,
    maxPixelValue: display?.max ?? 255,
    slope: 1,
    intercept: 0,
    windowCenter: 127.5,
    windowWidth: 255,
    getPixelData: () => pixels,
    rows: picture.rows,
    columns: picture.columns,
    height: picture.rows,
    width: picture.columns,
    color: picture.kind === 'colour',
    rgba: false,
    invert: image.header.format.photometricInterpretation === 'MONOCHROME1',
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
    sizeInBytes: memoryOf(loaded),
  };
  images.set(loaded, made);
  return made;
}

/**
 * A table for cornerstone's voiLUT. It guesses the depth of a table from its greatest entry, so that a white one is
 * added behind the last value, where no pixel reaches it.
 */
function cornerstoneTable(ramp: Extract<Ramp, { kind: 'table' }>): CornerstoneLut {
  const known = tables.get(ramp);
  if (known) return known;
  const made = {
    id: `table-${nextTable++}`,
    firstValueMapped: ramp.first,
    numBitsPerEntry: 8,
    lut: [...ramp.entries, 255],
  };
  tables.set(ramp, made);
  return made;
}

/** The viewport of cornerstone for a look; an inverse photometric interpretation turns the reader's choice around. */
export function cornerstoneViewport(image: CornerstoneImage, look: StageLook): CornerstoneViewport {
  const { ramp } = look;
  const isLine = ramp.kind === 'line';
  return {
    scale: look.scale,
    translation: { x: look.translation.x, y: look.translation.y },
    voi: isLine ? { windowCenter: ramp.center, windowWidth: ramp.width } : { windowCenter: 127.5, windowWidth: 255 },
    invert: look.invert !== image.invert,
    pixelReplication: false,
    rotation: look.rotation,
    hflip: look.hflip,
    vflip: look.vflip,
    modalityLUT: undefined,
    voiLUT: isLine ? undefined : cornerstoneTable(ramp),
    colormap: undefined,
    labelmap: false,
    displayedArea: undefined,
  };
}
