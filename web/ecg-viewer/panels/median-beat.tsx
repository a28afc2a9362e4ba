import { fiducialNames } from '@lianzhen/contracts/ecg-measurements.ts';
import { Button } from 'antd';
import { useMemo, useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import { medianMs, placeFor } from '../measuring/move-fiducial.ts';
import type { Measuring } from '../measuring/use-measuring.ts';
import { useSize } from '../stage/use-size.ts';
import { FiducialLine } from './fiducial-line.tsx';
import { type MedianFrame, medianPath, rangeOf, xOf } from './median-path.ts';

const height = 190;

/** The median beat: the chosen lead over all others, with points that can be moved. */
export function MedianBeat({ measuring }: { readonly measuring: Measuring }) {
  const { say, state, traits } = useEcgDesk();
  const { median, fiducials, move } = measuring;
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const { lead } = state.look;
  const frame = useMemo<MedianFrame | null>(
    () =>
      median && width > 0
        ? { width, height, fromMs: 0, toMs: medianMs(median), rangeUv: rangeOf(median.leads.map(({ uv }) => uv)) }
        : null,
    [median, width],
  );
  return (
    <section className="lze-section">
      <h4>
        {say('medianBeat')} {lead}
      </h4>
      <div ref={place} className="lze-median" style={{ minHeight: median ? height : 0 }}>
        {median && frame && (
          <svg width={width} height={height} data-testid="ecg-median">
            <title>{say('beatsIn', { count: median.beatCount })}</title>
            <Ruling frame={frame} />
            {median.leads.map((curve) => (
              <path
                key={curve.code}
                d={medianPath(curve.uv, median.rateHz, frame)}
                className={curve.code === lead ? 'lze-median-chosen' : 'lze-median-other'}
              />
            ))}
            {fiducials &&
              fiducialNames.map((name) => (
                <FiducialLine
                  key={name}
                  name={name}
                  ms={fiducials[name]}
                  frame={frame}
                  stepMs={1000 / median.rateHz}
                  onMove={traits.canMeasure ? (ms) => move(name, ms) : undefined}
                />
              ))}
          </svg>
        )}
      </div>
      {median && fiducials && traits.canMeasure && (
        <>
          <p className="lze-hint">{say('beatsIn', { count: median.beatCount })}</p>
          <p className="lze-hint">{say('fiducialHint')}</p>
          <div className="lze-acts">
            {fiducialNames
              .filter((name) => fiducials[name] === null)
              .map((name) => (
                <Button key={name} size="small" onClick={() => move(name, placeFor(fiducials, name, medianMs(median)))}>
                  {say('addPoint', { name: say(`fiducial.${name}`) })}
                </Button>
              ))}
          </div>
        </>
      )}
    </section>
  );
}

/** Lines every 200 ms. */
function Ruling({ frame }: { readonly frame: MedianFrame }) {
  const lines = Array.from({ length: Math.floor(frame.toMs / 200) + 1 }, (_, i) => xOf(frame, i * 200));
  return (
    <g className="lze-median-ruling">
      {lines.map((x) => (
        <line key={x} x1={x} x2={x} y1={0} y2={frame.height} />
      ))}
      <line x1={0} x2={frame.width} y1={frame.height / 2} y2={frame.height / 2} />
    </g>
  );
}
