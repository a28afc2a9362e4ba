import {
  AimOutlined,
  ColumnHeightOutlined,
  ColumnWidthOutlined,
  DeleteOutlined,
  DragOutlined,
  ExpandOutlined,
  PicRightOutlined,
  PrinterOutlined,
  QuestionOutlined,
  RedoOutlined,
  UndoOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { sheetLayouts } from '@lianzhen/ecg/sheet/layouts.ts';
import { gains, speeds } from '@lianzhen/ecg/sheet/paper.ts';
import { Button, Select, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { leaveField } from '../../ui/leave-field.ts';
import { chordText } from '../../viewer/keys.ts';
import { useEcgDesk } from '../desk.ts';
import { type EcgCommand, ecgKeys } from '../keys.ts';
import type { EcgLook } from '../look.ts';
import { FilterMenu } from './filter-menu.tsx';
import { MarchSign } from './march-sign.tsx';

interface ToolbarProps {
  readonly run: (command: EcgCommand) => void;
}

/** Everything the keys do, for those who have a mouse or a finger at hand. */
export function Toolbar({ run }: ToolbarProps) {
  const { state, say, traits, company } = useEcgDesk();
  const { look, tool, selected } = state;
  const isFollowing = company?.isFollowing === true;
  const mayNotMark = company?.canMark === false;
  const press = (command: EcgCommand, sign: ReactNode, isOn = false, isOff = false) => (
    <CommandButton key={command} command={command} sign={sign} isOn={isOn} isOff={isOff} run={run} />
  );
  return (
    <div className="lze-toolbar" role="toolbar" aria-label={say('layout')}>
      {!isFollowing && <LookGroups press={press} />}
      <span className="lze-group">
        {press('tool.pan', <DragOutlined />, tool === 'pan')}
        {press('tool.time', <ColumnWidthOutlined />, tool === 'time', mayNotMark)}
        {press('tool.voltage', <ColumnHeightOutlined />, tool === 'voltage', mayNotMark)}
        {press('tool.march', <MarchSign />, tool === 'march', mayNotMark)}
        {press('caliper.undo', <UndoOutlined />, false, state.past.length === 0)}
        {press('caliper.redo', <RedoOutlined />, false, state.future.length === 0)}
        {press('caliper.remove', <DeleteOutlined />, false, selected === null)}
      </span>
      <span className="lze-group">
        {!isFollowing && (
          <>
            {press('lead.magnify', <ExpandOutlined />, look.isMagnified)}
            {press('zoom.out', <ZoomOutOutlined />)}
            {press('zoom.in', <ZoomInOutlined />)}
            {press('zoom.true', '1:1', look.zoom === 1)}
          </>
        )}
        {press('zoom.calibrate', <AimOutlined />)}
      </span>
      <span className="lze-group">
        {press('panel.toggle', <PicRightOutlined />, state.isPanelOpen)}
        {traits.canMeasure && press('print', <PrinterOutlined />)}
        {press('help.toggle', <QuestionOutlined />)}
      </span>
    </div>
  );
}

interface LookGroupsProps {
  readonly press: (command: EcgCommand, sign: ReactNode, isOn?: boolean) => ReactNode;
}

/** How the trace is looked at; not for whoever follows. */
function LookGroups({ press }: LookGroupsProps) {
  const { state, say } = useEcgDesk();
  return (
    <>
      <span className="lze-group">
        <LookSelect name="layout" values={sheetLayouts} text={(layout) => say(`layout.${layout}`)} />
        {press('order.toggle', say('cabrera'), state.look.order === 'cabrera')}
      </span>
      <span className="lze-group">
        <LookSelect name="speed" values={speeds} text={(speed) => `${speed} mm/s`} />
        <LookSelect name="gain" values={gains} text={(gain) => `${gain} mm/mV`} />
        <FilterMenu />
      </span>
    </>
  );
}

interface LookSelectProps<T> {
  readonly name: 'layout' | 'speed' | 'gain';
  readonly values: readonly T[];
  readonly text: (value: T) => string;
}

function LookSelect<T extends EcgLook['layout'] | EcgLook['speed'] | EcgLook['gain']>({
  name,
  values,
  text,
}: LookSelectProps<T>) {
  const { state, dispatch, say } = useEcgDesk();
  return (
    <Select<T>
      size="small"
      value={state.look[name] as T}
      options={values.map((value) => ({ value, label: text(value) }))}
      onChange={(value) => dispatch({ kind: 'look', change: { [name]: value, isMagnified: false } })}
      onSelect={leaveField}
      aria-label={say(name)}
      data-testid={`ecg-${name}`}
      popupMatchSelectWidth={false}
    />
  );
}

interface CommandButtonProps extends ToolbarProps {
  readonly command: EcgCommand;
  readonly sign: ReactNode;
  readonly isOn: boolean;
  readonly isOff: boolean;
}

function CommandButton({ command, sign, isOn, isOff, run }: CommandButtonProps) {
  const { say } = useEcgDesk();
  const name = say(`command.${command}`);
  return (
    <Tooltip
      title={say('with-keys', { name, keys: ecgKeys[command].map(chordText).join(' / ') })}
      mouseEnterDelay={0.6}
    >
      <Button
        size="small"
        type={isOn ? 'primary' : 'text'}
        disabled={isOff}
        aria-label={name}
        aria-pressed={isOn}
        data-command={command}
        onClick={() => run(command)}
      >
        {sign}
      </Button>
    </Tooltip>
  );
}
