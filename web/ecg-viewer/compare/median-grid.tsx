import type { Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';
import type { MedianBeats } from '@lianzhen/ecg/signal/median-beat.ts';
import { useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import { type MedianFrame, medianPath, rangeOf } from '../panels/median-path.ts';
import { useSize } from '../stage/use-size.ts';
import type { ReadyEarlier } from './use-earlier.ts';

interface MedianGridProps {
  readonly present: Measuring;
  readonly earlier: ReadyEarlier;
  readonly isBeside: boolean;
}

const height = 78;
/** Around the QRS onset: P before it, T after it. */
const window = { fromMs: -260, toMs: 560 } as const;

/** Each lead's two median beats, on each other or beside each other, in one scale. */
export function MedianGrid({ present, earlier, isBeside }: MedianGridProps) {
  const place = useRef<HTMLDivElement>(null);
  const { width: all } = useSize(place);
  const { state, dispatch } = useEcgDesk();
  const codes = present.median?.leads.map(({ code }) => code) ?? [];
  const columns = isBeside ? 2 : 3;
  const width = Math.floor((all - (columns - 1) * 4) / columns);
  const rangeUv = rangeOf([present.median, earlier.median]);
  const half = isBeside ? width / 2 : width;
  const frame: MedianFrame = { width: half, height, ...window, rangeUv };
  return (
    <div ref={place} className="lze-median-grid" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {all > 0 &&
        codes.map((code) => (
          <button
            type="button"
            key={code}
            className={code === state.look.lead ? 'lze-chosen' : undefined}
            onClick={() => dispatch({ kind: 'look', change: { lead: code } })}
          >
            <svg width={width} height={height} aria-label={code} role="img">
              <path
                className="lze-median-earlier"
                d={beatPath(earlier.median, earlier.measurements.fiducials, code, frame)}
              />
              <g transform={isBeside ? `translate(${half})` : undefined}>
                <path className="lze-median-present" d={beatPath(present.median, present.fiducials, code, frame)} />
              </g>
              <text x={3} y={12}>
                {code}
              </text>
            </svg>
          </button>
        ))}
    </div>
  );
}

/** A lead's path with the QRS onset at zero; where none was found, with the place at which the beats were found. */
function beatPath(median: MedianBeats | null, fiducials: Fiducials | null, code: string, frame: MedianFrame): string {
  const lead = median?.leads.find((one) => one.code === code);
  if (!median || !lead) return '';
  return medianPath(lead, median.rateHz, frame, -(fiducials?.qrsOn ?? median.centreMs - 40));
}
