import { drawCalipers } from '@lianzhen/ecg/sheet/draw-calipers.ts';
import { chosenInk, inks } from './colours.ts';
import { paintPrimitives } from './paint-primitives.ts';
import type { Scene } from './scene.ts';

/**
 * Paints the calipers over the curves: those of others first, the chosen one last and in its colour.
 * @param scale pixels of the device to a millimetre
 * @param unit pixels of the device to a CSS pixel: writing and lines have the size of the screen, not of the paper
 */
export function paintCalipers(
  canvas: CanvasRenderingContext2D,
  { plan, calipers, selected, caliperInk, others: foreign }: Scene,
  startMs: number,
  scale: number,
  unit: number,
): void {
  const sizeMm = (13 * unit) / scale;
  const isChosen = ({ id }: { id: string }) => id === selected?.id;
  const others = calipers.filter((caliper) => !isChosen(caliper));
  const chosen = calipers.filter(isChosen);
  const thin = { sizeMm, widthMm: (1.25 * unit) / scale };
  const bold = { sizeMm, widthMm: (2 * unit) / scale };
  for (const { caliper, ink } of foreign) {
    paintPrimitives(canvas, drawCalipers(plan, [caliper], startMs, thin), scale, false, { ...inks, mark: ink });
  }
  paintPrimitives(canvas, drawCalipers(plan, others, startMs, thin), scale, false, { ...inks, mark: caliperInk });
  paintPrimitives(canvas, drawCalipers(plan, chosen, startMs, bold), scale, false, { ...inks, mark: chosenInk });
}
