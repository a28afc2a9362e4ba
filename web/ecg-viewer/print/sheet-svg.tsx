import type { Sheet, SheetColour, SheetPrimitive } from '@lianzhen/ecg/sheet/sheet.ts';
import { fontFamily, inks, paper } from '../stage/colours.ts';

/** A sheet as SVG with its size in millimetres: what is printed is as large as it says. */
export function SheetSvg({ sheet, ink = inks }: { readonly sheet: Sheet; readonly ink?: Record<SheetColour, string> }) {
  return (
    <svg
      className="lze-sheet"
      width={`${sheet.widthMm}mm`}
      height={`${sheet.heightMm}mm`}
      viewBox={`0 0 ${sheet.widthMm} ${sheet.heightMm}`}
      role="img"
      aria-label="ECG"
      fontFamily={fontFamily}
    >
      {sheet.primitives.map((drawn, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sheet is drawn once, in its order.
        <Primitive key={i} drawn={drawn} ink={ink} />
      ))}
    </svg>
  );
}

const anchors = { left: 'start', middle: 'middle', right: 'end' } as const;

function Primitive({ drawn, ink }: { readonly drawn: SheetPrimitive; readonly ink: Record<SheetColour, string> }) {
  if (drawn.kind === 'text') {
    return (
      <text
        x={drawn.xMm}
        y={drawn.yMm}
        fontSize={drawn.sizeMm}
        fontWeight={drawn.isBold ? 700 : 400}
        textAnchor={anchors[drawn.align]}
        fill={ink[drawn.colour]}
        {...(drawn.hasRim && { stroke: paper, strokeWidth: drawn.sizeMm * 0.3, paintOrder: 'stroke' })}
      >
        {drawn.text}
      </text>
    );
  }
  return (
    <path
      d={pathOf(drawn.points, drawn.kind === 'segments')}
      fill="none"
      stroke={ink[drawn.colour]}
      strokeWidth={drawn.widthMm}
      strokeLinejoin="round"
      strokeDasharray={drawn.kind === 'segments' && drawn.isBroken ? '1 1' : undefined}
    />
  );
}

/** Hundredths of a millimetre are finer than any printer. */
export function pathOf(points: Float32Array, isSegments: boolean): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const isBegin = isSegments ? i % 4 === 0 : i === 0;
    parts.push(`${isBegin ? 'M' : 'L'}${round(points[i] as number)} ${round(points[i + 1] as number)}`);
  }
  return parts.join('');
}

const round = (mm: number): number => Math.round(mm * 100) / 100;
