import type { SheetColour, SheetPrimitive, Sheet as TraceSheet } from '@lianzhen/ecg/sheet/sheet.ts';
import { drawLine, printable, type Sheet, widthOf } from './pdf-sheet.ts';

/** Dark on a pale ruling: the curve must stay the boldest on a grey printer too. */
const inks: Readonly<Record<SheetColour, string>> = {
  ruling: '#f6d5d3',
  strongRuling: '#e8a8a5',
  curve: '#101c26',
  text: '#111111',
  faint: '#666666',
  warning: '#c00000',
  mark: '#0b5fa8',
};
/** Points to a millimetre. */
const perMm = 72 / 25.4;
/** A thousandth of a point is finer than any printer; more digits would only make the file larger. */
const points = (mm: number): number => Math.round(mm * perMm * 1000) / 1000;

/** A page on its side with what a sheet of a trace holds, line by line as vectors: a millimetre is a millimetre. */
export function writeTracePage(sheet: Sheet, trace: TraceSheet): void {
  sheet.doc.addPage({ size: 'A4', layout: 'landscape', margin: 0 });
  for (const drawn of trace.primitives) {
    if (drawn.kind === 'text') paintText(sheet, drawn);
    else paintLines(sheet, drawn);
  }
}

function paintText(sheet: Sheet, drawn: Extract<SheetPrimitive, { kind: 'text' }>): void {
  const style = {
    font: drawn.isBold ? ('bold' as const) : ('regular' as const),
    ...{ size: points(drawn.sizeMm), leading: 0, colour: inks[drawn.colour] },
  };
  const line = printable(sheet, drawn.text);
  const share = { left: 0, middle: 0.5, right: 1 }[drawn.align];
  const x = points(drawn.xMm) - share * widthOf(sheet, line, style);
  drawLine(sheet, line, x, points(drawn.yMm), style);
}

function paintLines({ doc }: Sheet, drawn: Exclude<SheetPrimitive, { kind: 'text' }>): void {
  const isBroken = drawn.kind === 'segments' && drawn.isBroken === true;
  doc.save().lineWidth(points(drawn.widthMm)).strokeColor(inks[drawn.colour]).lineJoin('round');
  if (isBroken) doc.dash(perMm, { space: perMm });
  const step = drawn.kind === 'segments' ? 4 : drawn.points.length;
  for (let begin = 0; begin < drawn.points.length; begin += step) {
    doc.moveTo(points(drawn.points[begin] as number), points(drawn.points[begin + 1] as number));
    for (let at = begin + 2; at < begin + step; at += 2)
      doc.lineTo(points(drawn.points[at] as number), points(drawn.points[at + 1] as number));
  }
  doc.stroke().restore();
}
