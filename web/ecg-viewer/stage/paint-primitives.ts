import type { SheetColour, SheetPrimitive } from '@lianzhen/ecg/sheet/sheet.ts';
import { fontFamily, inks, paper } from './colours.ts';

type Ink = Readonly<Record<SheetColour, string>>;

/**
 * Paints drawing primitives on a canvas.
 * @param scale pixels of the canvas to a millimetre
 * @param isSharp lines that stand upright or lie flat are put on whole pixels, as a ruling needs it
 */
export function paintPrimitives(
  canvas: CanvasRenderingContext2D,
  primitives: readonly SheetPrimitive[],
  scale: number,
  isSharp = false,
  ink: Ink = inks,
): void {
  for (const drawn of primitives) {
    if (drawn.kind === 'text') {
      canvas.font = `${drawn.isBold ? 'bold ' : ''}${drawn.sizeMm * scale}px ${fontFamily}`;
      canvas.textAlign = drawn.align === 'middle' ? 'center' : drawn.align;
      if (drawn.hasRim) {
        canvas.strokeStyle = paper;
        canvas.lineWidth = drawn.sizeMm * scale * 0.3;
        canvas.lineJoin = 'round';
        canvas.strokeText(drawn.text, drawn.xMm * scale, drawn.yMm * scale);
      }
      canvas.fillStyle = ink[drawn.colour];
      canvas.fillText(drawn.text, drawn.xMm * scale, drawn.yMm * scale);
      continue;
    }
    const width = Math.max(1, drawn.widthMm * scale);
    canvas.lineWidth = isSharp ? Math.round(width) : width;
    canvas.strokeStyle = ink[drawn.colour];
    canvas.lineJoin = 'round';
    if (drawn.kind === 'segments' && drawn.isBroken) canvas.setLineDash([scale, scale]);
    canvas.beginPath();
    const { points } = drawn;
    const at = isSharp
      ? (i: number) => Math.round((points[i] as number) * scale) + 0.5
      : (i: number) => (points[i] as number) * scale;
    const step = drawn.kind === 'segments' ? 4 : points.length;
    for (let begin = 0; begin < points.length; begin += step) {
      canvas.moveTo(at(begin), at(begin + 1));
      for (let i = begin + 2; i < begin + step; i += 2) canvas.lineTo(at(i), at(i + 1));
    }
    canvas.stroke();
    canvas.setLineDash([]);
  }
}
