import { filterName } from '@lianzhen/ecg/signal/filter.ts';
import { Button, Spin } from 'antd';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useEcgDesk } from '../desk.ts';
import { magnification } from '../look.ts';
import { recordedFilterText, shownFilter } from '../source/shown-filter.ts';
import { caliperInk } from './colours.ts';
import { Cursors } from './cursors.tsx';
import { inkOf } from './ink-of.ts';
import type { Scene } from './scene.ts';
import { planScreen } from './screen-plan.ts';
import { usePicture } from './use-picture.ts';
import { useSize } from './use-size.ts';
import { useStagePointer } from './use-stage-pointer.ts';
import { useStageWheel } from './use-stage-wheel.ts';

const noMarks: Scene['marks'] = [];

/** The picture of the trace. `marks`: points in time that are shown on it. */
export function Stage({
  marks = noMarks,
  testId = 'ecg',
}: {
  readonly marks?: Scene['marks'];
  readonly testId?: string;
}) {
  const { store, clock, recording, state, calibration, say, company } = useEcgDesk();
  const frame = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const { look, calipers, selected } = state;
  const colour = company?.colour;
  const foreign = company?.calipers;
  const others = useMemo<Scene['others']>(
    () => foreign?.map((other) => ({ caliper: other.caliper, ink: inkOf(other.colour) })) ?? [],
    [foreign],
  );

  const screen = useMemo(() => {
    if (size.width < 40 || size.height < 40) return null;
    return planScreen(
      recording.leads.map(({ code }) => code),
      look,
      size,
      calibration.pxPerMm,
      recording.durationMs,
    );
  }, [recording, look, size, calibration]);
  const filter = useMemo(() => shownFilter(look.filter, recording), [look.filter, recording]);
  const scene = useMemo<Scene | null>(() => {
    if (!screen) return null;
    const { leads } = recording;
    const measured = { calipers, selected, caliperInk: colour === undefined ? caliperInk : inkOf(colour), others };
    return { ...screen, filter, leads, chosenLead: look.lead, missing: say('missing'), ...measured, marks };
  }, [screen, filter, recording, look.lead, say, calipers, selected, colour, others, marks]);

  useEffect(() => {
    if (screen) clock.setRange(recording.durationMs, screen.plan.durationMs);
  }, [clock, screen, recording]);
  const isRendered = usePicture(paper, moving, store, clock, scene);
  const pointer = useStagePointer(screen);
  useStageWheel(frame, screen);
  const problem = useSyncExternalStore(store.subscribe, () => store.problem);
  const height = screen ? Math.round(screen.plan.heightMm * screen.pxPerMm) : 0;
  const width = screen ? Math.round(screen.plan.widthMm * screen.pxPerMm) : 0;

  return (
    <div className="lze-picture">
      <div
        ref={frame}
        className={`lze-frame lze-tool-${state.tool}`}
        data-testid={testId}
        data-rendered={isRendered}
        data-layout={look.isMagnified ? 'magnified' : look.layout}
      >
        <div className="lze-layers" style={{ height, width }}>
          <canvas ref={paper} />
          <canvas ref={moving} role="img" aria-label={pictureName(recording.leads, say('layout'))} {...pointer} />
          {company && screen && <Cursors company={company} screen={screen} />}
        </div>
      </div>
      <ScaleLine />
      {problem !== null ? (
        <div className="lze-message" role="alert">
          <p>{say('samplesFailed')}</p>
          <Button onClick={() => store.retry()}>{say('retry')}</Button>
        </div>
      ) : (
        !isRendered && (
          <div className="lze-message">
            <Spin description={say('loadingSamples')} />
          </div>
        )
      )}
    </div>
  );
}

const pictureName = (leads: readonly { code: string }[], word: string) =>
  `${word}: ${leads.map(({ code }) => code).join(' ')}`;

/** Scale and filter, always on the picture: without them a curve means nothing. */
function ScaleLine() {
  const { state, calibration, recording, say, language } = useEcgDesk();
  const { look } = state;
  const name = filterName(shownFilter(look.filter, recording), language);
  const recorded = recording.leads[0]?.filter;
  const isRecorded = recorded && (recorded.highPassHz ?? recorded.lowPassHz ?? recorded.notchHz) !== null;
  return (
    <div className="lze-scale" data-testid="ecg-scale">
      <b>
        {look.speed} mm/s · {look.gain} mm/mV · {name}
      </b>
      {recording.leads.some(({ derived }) => derived) && <span>* {say('derived')}</span>}
      {isRecorded && <span>{say('recordedFilter', { name: recordedFilterText(recorded) })}</span>}
      {look.isMagnified && <span>{say('magnified', { lead: look.lead, times: magnification })}</span>}
      {look.zoom !== 1 && <span>{say('notTrueScale', { zoom: look.zoom.toFixed(2) })}</span>}
      {!calibration.isCalibrated && <span className="lze-warn">{say('uncalibrated')}</span>}
      {calibration.isCalibrated && look.zoom === 1 && !look.isMagnified && <span>{say('trueScale')}</span>}
    </div>
  );
}
