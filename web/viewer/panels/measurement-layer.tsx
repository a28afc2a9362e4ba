import type { CSSProperties } from 'react';
import { type Affine, applyAffine, type Point } from '../measure/affine.ts';
import { measurementLines } from '../measure/value-text.ts';
import type { Measurement } from '../state.ts';
import type { SayText } from '../texts.ts';

export interface Drawn extends Pick<Measurement, 'id' | 'kind' | 'points' | 'values' | 'calibration' | 'text'> {
  /** Of the author, where there are several. */
  readonly colour?: string | undefined;
  /** Name of the author, where it is somebody else. */
  readonly by?: string | undefined;
}

interface LayerProps {
  readonly measurements: readonly Drawn[];
  readonly selected: string | null;
  readonly toTile: Affine;
  readonly width: number;
  readonly height: number;
  readonly say: SayText;
}

/** Measurements over a picture. All of it is SVG, whatever a name or a value contains stays text. */
export function MeasurementLayer({ measurements, selected, toTile, width, height, say }: LayerProps) {
  return (
    <svg className="lzv-marks" width={width} height={height} aria-hidden="true">
      {measurements.map((measurement) => {
        const points = measurement.points.map((point) => applyAffine(toTile, point));
        const words = [measurement.by ?? '', measurement.text ?? ''].filter(Boolean);
        const lines = [...words, ...measurementLines(measurement, say)];
        // The styles of marks take this colour for all of their parts.
        const style = measurement.colour ? ({ '--lzv-mark': measurement.colour } as CSSProperties) : undefined;
        return (
          <g
            key={measurement.id}
            className={markClass(measurement, selected)}
            data-measurement={measurement.kind}
            data-mark={measurement.id}
            style={style}
          >
            <Outline kind={measurement.kind} points={points} />
            {handles(measurement.kind, points).map(({ x, y }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the points of a measurement have no other name.
              <circle key={i} cx={x} cy={y} r={3} />
            ))}
            <Label lines={lines} at={labelPlace(points, lines, width, height)} />
          </g>
        );
      })}
    </svg>
  );
}

const markClass = ({ id, colour }: Drawn, selected: string | null): string =>
  ['lzv-mark', id === selected && 'lzv-mark-selected', colour && 'lzv-mark-owned'].filter(Boolean).join(' ');

/** The points one can take hold of; a line drawn by hand is moved by none, an arrow's tip is not covered. */
function handles(kind: Measurement['kind'], points: readonly Point[]): readonly Point[] {
  if (kind === 'freehand') return [];
  return kind === 'arrow' ? points.slice(0, 1) : points;
}

const tipLength = 14;
const tipAngle = Math.PI / 7;

/** The two strokes of an arrow's tip, as long on every screen. */
function arrowTip(from: Point, to: Point): string {
  const along = Math.atan2(to.y - from.y, to.x - from.x);
  const end = (turn: number) =>
    `${to.x - tipLength * Math.cos(along + turn)},${to.y - tipLength * Math.sin(along + turn)}`;
  return `${end(tipAngle)} ${to.x},${to.y} ${end(-tipAngle)}`;
}

function Outline({ kind, points }: { readonly kind: Measurement['kind']; readonly points: readonly Point[] }) {
  const [p, q] = points;
  if (p && kind === 'point') return <circle className="lzv-ring" cx={p.x} cy={p.y} r={11} />;
  if (!p || !q) return null;
  const box = { x: Math.min(p.x, q.x), y: Math.min(p.y, q.y), width: Math.abs(q.x - p.x), height: Math.abs(q.y - p.y) };
  if (kind === 'rectangle') return <rect {...box} />;
  if (kind === 'ellipse') {
    const [rx, ry] = [box.width / 2, box.height / 2];
    return <ellipse cx={box.x + rx} cy={box.y + ry} rx={rx} ry={ry} />;
  }
  if (kind === 'arrow') {
    return (
      <>
        <line x1={p.x} y1={p.y} x2={q.x} y2={q.y} />
        <polyline points={arrowTip(p, q)} />
      </>
    );
  }
  return <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />;
}

const lineHeight = 16;
const letterWidth = 7.5;

/** Beside the lowest point at the right, pulled back into the tile where it would leave it. */
function labelPlace(points: readonly Point[], lines: readonly string[], width: number, height: number): Point {
  const right = Math.max(...points.map(({ x }) => x));
  const bottom = Math.max(...points.map(({ y }) => y));
  const wide = Math.max(...lines.map(textWidth), 0);
  return {
    x: Math.max(4, Math.min(right + 8, width - wide - 4)),
    y: Math.max(lineHeight, Math.min(bottom + lineHeight, height - lines.length * lineHeight)),
  };
}

/** Chinese characters are twice as wide as letters. */
const textWidth = (line: string): number =>
  [...line].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0) * letterWidth;

function Label({ lines, at }: { readonly lines: readonly string[]; readonly at: Point }) {
  return (
    <text x={at.x} y={at.y}>
      {lines.map((line, i) => (
        <tspan key={line} x={at.x} dy={i === 0 ? 0 : lineHeight}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
