import type { OverlayBitmap } from '../frames/overlay-bitmap.ts';

const canvases = new WeakMap<OverlayBitmap, HTMLCanvasElement>();

/** An overlay plane as something a canvas can draw: green where its bits are set, as other viewers have it. */
export function overlayCanvas(overlay: OverlayBitmap): HTMLCanvasElement {
  const known = canvases.get(overlay);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = overlay.columns;
  canvas.height = overlay.rows;
  const context = canvas.getContext('2d');
  if (context) {
    const data = context.createImageData(overlay.columns, overlay.rows);
    const pixels = new Uint32Array(data.data.buffer);
    // Bytes are red, green, blue, alpha; every machine with a browser is little endian.
    for (let i = 0; i < pixels.length; i++) pixels[i] = overlay.bits[i] === 1 ? 0xff_90_ff_90 : 0;
    context.putImageData(data, 0, 0);
  }
  canvases.set(overlay, canvas);
  return canvas;
}
