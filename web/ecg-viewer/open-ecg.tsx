import { App } from 'antd';
import { useMemo, useState } from 'react';
import { CalibrateDialog } from './calibration/calibrate-dialog.tsx';
import { useCalibration } from './calibration/use-calibration.ts';
import { EarlierStage } from './compare/earlier-stage.tsx';
import { useEarlier } from './compare/use-earlier.ts';
import { type EcgDesk, EcgDeskContext } from './desk.ts';
import type { EcgViewerProps } from './ecg-viewer-props.ts';
import type { EcgCommand } from './keys.ts';
import { type MovedPoints, useMeasuring } from './measuring/use-measuring.ts';
import { ecgModes } from './modes.ts';
import { Help } from './panels/help.tsx';
import { Notices } from './panels/notices.tsx';
import { OverviewStrip } from './panels/overview-strip.tsx';
import { Panel } from './panels/panel.tsx';
import { Toolbar } from './panels/toolbar.tsx';
import { TraceHead } from './panels/trace-head.tsx';
import { usePrint } from './print/use-print.tsx';
import { type EcgActs, runCommand } from './run-command.ts';
import type { EcgMeta, EcgRecording } from './source/ecg-source.ts';
import { Stage } from './stage/stage.tsx';
import { useStore } from './stage/use-store.ts';
import type { SayEcg } from './texts.ts';
import { useEcgKeys } from './use-ecg-keys.ts';
import { useEcgState } from './use-ecg-state.ts';

interface OpenEcgProps extends EcgViewerProps {
  readonly meta: EcgMeta;
  readonly say: SayEcg;
  readonly isNarrow: boolean;
  readonly recording: EcgRecording;
  /** Shows another of the trace's recordings; absent where there is none or nobody may choose. */
  readonly onRecording?: ((index: number) => void) | undefined;
  /** Where points that were moved and not saved are kept while another recording is shown. */
  readonly moved?: MovedPoints | undefined;
}

/** A viewer whose trace is known; it goes on existing while parts of the trace are on their way. */
export function OpenEcg(props: OpenEcgProps) {
  const { source, meta, recording, onRecording, say, isNarrow, language, mode = 'read', author = '', ...given } = props;
  const { store, clock } = useStore(source, recording);
  const { state, dispatch } = useEcgState(given, clock, isNarrow);
  const { company } = given;
  const screen = useCalibration();
  const traits = ecgModes[mode];
  const { calibration } = screen;
  const desk = useMemo<EcgDesk>(
    () => ({
      source,
      meta,
      recording,
      onRecording,
      store,
      clock,
      state,
      dispatch,
      calibration,
      say,
      language,
      traits,
      author,
      isNarrow,
      company,
    }),
    [
      source,
      meta,
      recording,
      onRecording,
      store,
      clock,
      state,
      dispatch,
      calibration,
      say,
      language,
      traits,
      author,
      isNarrow,
      company,
    ],
  );
  return (
    <EcgDeskContext value={desk}>
      <Laid desk={desk} screen={screen} given={given} />
    </EcgDeskContext>
  );
}

interface LaidProps {
  readonly desk: EcgDesk;
  readonly screen: ReturnType<typeof useCalibration>;
  readonly given: Pick<OpenEcgProps, 'measurements' | 'onMeasure' | 'earlier' | 'moved'>;
}

function Laid({ desk, screen, given }: LaidProps) {
  const { clock, recording, say, state, traits } = desk;
  const { message } = App.useApp();
  const measuring = useMeasuring(desk, given.measurements ?? null, given.onMeasure, given.moved);
  const earlier = useEarlier(traits.canCompare ? (given.earlier ?? null) : null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isCalibrating, setCalibrating] = useState(false);
  const [printed, print] = usePrint(desk, measuring);
  const shownMs = () => recording.durationMs - clock.lastMs;
  const acts: EcgActs = {
    toggleHelp: () => setHelpOpen((isOpen) => !isOpen),
    openCalibration: () => setCalibrating(true),
    save: () => void measuring.save().then((kept) => kept && message.success(say('saved'))),
    print,
    shownMs,
  };
  const run = (command: EcgCommand) => runCommand(desk, acts, command);
  const takeKeys = useEcgKeys(run);
  const isBeside = state.comparison === 'beside' && earlier.state === 'ready';
  return (
    <div className={desk.isNarrow ? 'lze lze-narrow' : 'lze'} data-testid="ecg-viewer" onPointerDownCapture={takeKeys}>
      <TraceHead />
      <Toolbar run={run} />
      <Notices />
      <div className="lze-middle">
        <div className="lze-stages">
          <Stage />
          {isBeside && <EarlierStage earlier={earlier} />}
        </div>
        {state.isPanelOpen && <Panel measuring={measuring} earlier={earlier} onSave={acts.save} />}
      </div>
      <OverviewStrip />
      <Help isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      {isCalibrating && <CalibrateDialog isOpen onClose={() => setCalibrating(false)} handle={screen} say={say} />}
      {printed}
    </div>
  );
}
