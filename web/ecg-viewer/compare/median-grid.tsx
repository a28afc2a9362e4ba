import type { Comparison } from '@lianzhen/ecg/signal/compare-traces.ts';
import { useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import { type MedianFrame, medianPath, rangeOf } from '../panels/median-path.ts';
import { useSize } from '../stage/use-size.ts';

interface MedianGridProps {
  readonly comparison: Comparison;
  readonly isBeside: boolean;
}

const height = 78;
/** After the onset of the QRS: beyond it stands the next beat. */
const shownAfterMs = 560;

/** Each lead's two median beats, on each other or beside each other, in one scale. */
export function MedianGrid({ comparison, isBeside }: MedianGridProps) {
  const { leads, rateHz, qrsOnMs } = comparison;
  const place = useRef<HTMLDivElement>(null);
  const { width: all } = useSize(place);
  const { state, dispatch } = useEcgDesk();
  const columns = isBeside ? 2 : 3;
  const width = Math.max(10, Math.floor((all - (columns - 1) * 4) / columns));
  const half = isBeside ? width / 2 : width;
  const rangeUv = rangeOf(leads.flatMap(({ before, after }) => [before, after]));
  const frame: MedianFrame = { width: half, height, fromMs: 0, toMs: qrsOnMs + shownAfterMs, rangeUv };
  return (
    <div ref={place} className="lze-median-grid" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
      {all > 0 &&
        leads.map(({ code, before, after, correlation }) => (
          <button
            type="button"
            key={code}
            className={code === state.look.lead ? 'lze-plain lze-chosen' : 'lze-plain'}
            title={`r = ${correlation.toFixed(2)}`}
            onClick={() => dispatch({ kind: 'look', change: { lead: code } })}
          >
            <svg width={width} height={height} aria-label={code} role="img">
              <path className="lze-median-earlier" d={medianPath(before, rateHz, frame)} />
              <g transform={isBeside ? `translate(${half})` : undefined}>
                <path className="lze-median-present" d={medianPath(after, rateHz, frame)} />
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
