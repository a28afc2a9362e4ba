import {
  CaretRightOutlined,
  DeleteOutlined,
  DragOutlined,
  FontSizeOutlined,
  LinkOutlined,
  PauseOutlined,
  QuestionOutlined,
  RedoOutlined,
  ReloadOutlined,
  UndoOutlined,
  ZoomInOutlined,
} from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useDesk } from '../desk/desk.ts';
import { chordText, type KeyTable, type ViewerCommand } from '../keys.ts';
import type { Tool } from '../modes.ts';
import {
  AngleSign,
  ArrowSign,
  EllipseSign,
  FitSign,
  FreehandSign,
  InvertSign,
  LeafSign,
  LengthSign,
  LinesSign,
  PointSign,
  RectangleSign,
  WindowSign,
} from './icons.tsx';
import { LayoutMenu, PresetMenu, TurnMenu } from './menus.tsx';
import { isMarking } from './use-sketch.ts';

export interface ToolbarProps {
  readonly keys: KeyTable;
  readonly run: (command: ViewerCommand) => void;
}

const signs: Readonly<Record<Tool, ReactNode>> = {
  window: <WindowSign />,
  scroll: <LeafSign />,
  zoom: <ZoomInOutlined />,
  pan: <DragOutlined />,
  length: <LengthSign />,
  angle: <AngleSign />,
  ellipse: <EllipseSign />,
  rectangle: <RectangleSign />,
  point: <PointSign />,
  arrow: <ArrowSign />,
  freehand: <FreehandSign />,
};

type Press = (command: ViewerCommand, sign: ReactNode, isOn?: boolean, isOff?: boolean) => ReactNode;

/** Everything the keys do, for those who have a mouse or a finger at hand. Who follows somebody has what marks. */
export function Toolbar({ keys, run }: ToolbarProps) {
  const desk = useDesk();
  const { traits, book, company } = desk;
  const isFollowing = company?.isFollowing === true;
  const press: Press = (command, sign, isOn = false, isOff = false) => (
    <CommandButton key={command} command={command} sign={sign} isOn={isOn} isOff={isOff} keys={keys} run={run} />
  );
  const tools = traits.tools.filter((tool) => isMarking(tool) || !isFollowing);
  const canUse = (tool: Tool) => !isMarking(tool) || company?.canMark !== false;
  return (
    <div className="lzv-toolbar" role="toolbar">
      <span className="lzv-group">
        {tools.map((tool) => press(`tool.${tool}`, signs[tool], tool === desk.tool, !canUse(tool)))}
      </span>
      {!isFollowing && <LookGroups keys={keys} run={run} press={press} />}
      <span className="lzv-group">
        {press('measurement.undo', <UndoOutlined />, false, book.past.length === 0)}
        {press('measurement.redo', <RedoOutlined />, false, book.future.length === 0)}
        {press('measurement.remove', <DeleteOutlined />, false, desk.selected === null)}
      </span>
      <span className="lzv-group">
        {press('overlay.toggle', <FontSizeOutlined />)}
        {press('help.toggle', <QuestionOutlined />)}
      </span>
    </div>
  );
}

/** What changes the picture. */
function LookGroups({ keys, run, press }: ToolbarProps & { readonly press: Press }) {
  const { traits, places, state, cineRate, isSynced, showsLines } = useDesk();
  const isStack = (places[state.active]?.series.images.length ?? 0) > 1;
  const playSign = cineRate === null ? <CaretRightOutlined /> : <PauseOutlined />;
  return (
    <>
      <span className="lzv-group">
        <PresetMenu keys={keys} />
        {press('view.invert', <InvertSign />, state.viewports[state.active]?.invert)}
        <TurnMenu keys={keys} run={run} />
        {press('view.fit', <FitSign />)}
        {press('view.reset', <ReloadOutlined />)}
      </span>
      <span className="lzv-group">
        {press('cine.toggle', playSign, cineRate !== null, !isStack)}
        {traits.hasLayouts && <LayoutMenu keys={keys} run={run} />}
        {traits.hasSync && press('sync.toggle', <LinkOutlined />, isSynced, state.viewports.length < 2)}
        {traits.hasLayouts && press('lines.toggle', <LinesSign />, showsLines, state.viewports.length < 2)}
      </span>
    </>
  );
}

interface CommandButtonProps extends ToolbarProps {
  readonly command: ViewerCommand;
  readonly sign: ReactNode;
  readonly isOn: boolean;
  readonly isOff: boolean;
}

function CommandButton({ command, sign, isOn, isOff, keys, run }: CommandButtonProps) {
  const { say, isNarrow } = useDesk();
  const name = say(`command.${command}`);
  const button = (
    <Button
      type={isOn ? 'primary' : 'text'}
      icon={sign}
      disabled={isOff}
      aria-label={name}
      aria-pressed={isOn}
      data-command={command}
      onClick={() => run(command)}
    />
  );
  // A tooltip on a touch screen only hides what one has just pressed.
  if (isNarrow) return button;
  const key = keys[command][0];
  return (
    <Tooltip title={key ? `${name}  ${chordText(key)}` : name} placement="bottom" mouseEnterDelay={0.5}>
      {button}
    </Tooltip>
  );
}
