import cornerstone from 'cornerstone-core/dist/cornerstone.min.js';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { cornerstoneImage, cornerstoneViewport } from './cornerstone-image.ts';
import { overlayCanvas } from './overlay-canvas.ts';
import type { CreateStage, StageLook } from './stage.ts';

/** More device pixels than this only cost time on a phone. */
const maxPixelRatio = 2;

/** The stage on cornerstone-core. Pixels that are not square are its image's spacing; all else is in the viewport. */
export const createStage: CreateStage = (element, onDrawn) => {
  // Cornerstone asks for a desynchronised context, which flickers under other elements on some graphics drivers; the
  // context a canvas is first asked for is the one it keeps.
  const canvas = document.createElement('canvas');
  canvas.className = 'cornerstone-canvas';
  canvas.style.display = 'block';
  canvas.getContext('2d');
  element.append(canvas);
  cornerstone.enable(element);
  let current: { loaded: LoadedImage; look: StageLook } | undefined;

  const drawn = () => {
    if (!current) return;
    if (current.look.showsOverlays) drawOverlays(element, current.loaded);
    onDrawn(current.loaded.image.key);
  };
  element.addEventListener(cornerstone.EVENTS.IMAGE_RENDERED, drawn);

  return {
    show: (loaded, look) => {
      current = { loaded, look };
      const image = cornerstoneImage(loaded, loaded.image.key);
      image.rowPixelSpacing = look.aspect;
      cornerstone.displayImage(element, image, cornerstoneViewport(image, look));
    },
    resize: (width, height, devicePixelRatio) => {
      const ratio = Math.min(maxPixelRatio, devicePixelRatio);
      element.style.width = `${Math.round(width * ratio)}px`;
      element.style.height = `${Math.round(height * ratio)}px`;
      element.style.transform = `scale(${1 / ratio})`;
      cornerstone.resize(element, false);
      const context = canvas.getContext('2d');
      if (context) context.imageSmoothingQuality = 'high';
    },
    close: () => {
      element.removeEventListener(cornerstone.EVENTS.IMAGE_RENDERED, drawn);
      current = undefined;
      cornerstone.disable(element);
    },
  };
};

/** Canvas pixels per pixel of the page, as the stage has it. */
export const stagePixelRatio = (): number => Math.min(maxPixelRatio, window.devicePixelRatio || 1);

function drawOverlays(element: HTMLElement, loaded: LoadedImage): void {
  if (loaded.overlays.length === 0) return;
  const enabled = cornerstone.getEnabledElement(element);
  const context = enabled.canvas.getContext('2d');
  if (!context) return;
  context.save();
  cornerstone.setToPixelCoordinateSystem(enabled, context);
  for (const overlay of loaded.overlays) context.drawImage(overlayCanvas(overlay), overlay.left, overlay.top);
  context.restore();
}

/** Draws a picture small, at once, for a thumbnail; the canvas keeps its size. */
export function drawThumbnail(canvas: HTMLCanvasElement, loaded: LoadedImage, look: StageLook): void {
  const image = cornerstoneImage(loaded, loaded.image.key);
  image.rowPixelSpacing = look.aspect;
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  cornerstone.renderToCanvas(canvas, image, cornerstoneViewport(image, look));
}
