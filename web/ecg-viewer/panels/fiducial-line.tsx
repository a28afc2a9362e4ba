import type { FiducialName } from '@lianzhen/contracts/ecg-measurements.ts';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useEcgDesk } from '../desk.ts';
import { type MedianFrame, msAt, xOf } from './median-path.ts';

const short: Readonly<Record<FiducialName, string>> = {
  pOn: 'P‹',
  pOff: '›',
  qrsOn: 'Q‹',
  rPeak: 'R',
  qrsOff: 'J',
  tOn: 'T‹',
  tPeak: 'T',
  tOff: 'T›',
};
/** Names stand on two lines, since points may be near each other. */
const rows: Readonly<Record<FiducialName, number>> = {
  pOn: 0,
  pOff: 1,
  qrsOn: 0,
  rPeak: 1,
  qrsOff: 0,
  tOn: 1,
  tPeak: 0,
  tOff: 1,
};

interface FiducialLineProps {
  readonly name: FiducialName;
  readonly ms: number | null;
  readonly frame: MedianFrame;
  /** A sample of the median beat. */
  readonly stepMs: number;
  readonly onMove: ((ms: number | null) => void) | undefined;
}

/** One point of the beat as a line that a pointer or the arrow keys move. */
export function FiducialLine({ name, ms, frame, stepMs, onMove }: FiducialLineProps) {
  const { say } = useEcgDesk();
  if (ms === null) return null;
  const x = xOf(frame, ms);
  const drag = (event: PointerEvent<SVGGElement>) => {
    if (!onMove || event.buttons === 0) return;
    const svg = event.currentTarget.ownerSVGElement;
    if (!svg) return;
    onMove(Math.round(msAt(frame, event.clientX - svg.getBoundingClientRect().left) / stepMs) * stepMs);
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!onMove) return;
    if (by) onMove(ms + by * stepMs * (event.shiftKey ? 10 : 1));
    else if (event.key === 'Delete' || event.key === 'Backspace') onMove(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g
      className="lze-fiducial"
      role="slider"
      tabIndex={onMove ? 0 : -1}
      aria-label={say(`fiducial.${name}`)}
      aria-valuenow={ms}
      aria-valuemin={0}
      aria-valuemax={Math.round(frame.toMs)}
      aria-valuetext={`${ms} ms`}
      aria-disabled={!onMove}
      data-fiducial={name}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
      }}
      onPointerMove={drag}
      onKeyDown={press}
    >
      <rect x={x - 7} width={14} y={0} height={frame.height} fill="transparent" />
      <line x1={x} x2={x} y1={14 + rows[name] * 12} y2={frame.height} />
      <text x={x} y={11 + rows[name] * 12} textAnchor="middle">
        {short[name]}
      </text>
    </g>
  );
}
