import { DownOutlined, RotateRightOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useDesk } from '../desk/desk.ts';
import { imageOf } from '../desk/places.ts';
import { chordText, type KeyTable, type ViewerCommand } from '../keys.ts';
import { emptyViewport, type Layout, layouts } from '../state.ts';
import type { SayText } from '../texts.ts';
import { currentVoi, currentWindow, fullRange } from '../voi/current-voi.ts';
import { type PresetChoice, presetList, windowText } from '../voi/preset-list.ts';
import { FlipSign, LayoutSign } from './icons.tsx';

interface MenuPart {
  readonly keys: KeyTable;
  readonly run: (command: ViewerCommand) => void;
}

/** A menu line: a name, something small beside it and the key that does the same. */
function Line({
  name,
  small,
  chord,
}: {
  readonly name: string;
  readonly small?: string;
  readonly chord: string | undefined;
}) {
  return (
    <span className="lzv-menu-line">
      <span>{name}</span>
      {small && <small>{small}</small>}
      {chord && <kbd>{chordText(chord)}</kbd>}
    </span>
  );
}

const presetName = (say: SayText, { name }: PresetChoice): string =>
  'words' in name ? name.words : say(name.key, name.number === undefined ? {} : { number: name.number });

/** The window now, and the ones to choose from. */
export function PresetMenu({ keys }: Pick<MenuPart, 'keys'>) {
  const { say, places, state, dispatch, store } = useDesk();
  const image = imageOf(places[state.active] ?? null);
  const viewport = state.viewports[state.active] ?? emptyViewport;
  const loaded = image && store.get(image);
  const presets = image ? presetList(image.header) : [];
  const choose: MenuProps['onClick'] = ({ key }) => {
    const preset = presets.find(({ id }) => id === key);
    const look = preset?.look ?? (loaded ? fullRange(loaded) : null);
    if (look) dispatch({ type: 'look', tile: state.active, look });
  };
  const items = presets.map((preset, i) => ({
    key: preset.id,
    label: (
      <Line
        name={presetName(say, preset)}
        small={preset.window}
        chord={i < 9 ? keys[`preset.${i + 1}` as ViewerCommand][0] : undefined}
      />
    ),
  }));
  const full = { key: 'full', label: <Line name={say('preset.full')} chord={undefined} /> };
  const voi = loaded && currentVoi(loaded, viewport);
  const now = loaded && currentWindow(loaded, viewport);
  const label = voi?.kind === 'table' ? 'LUT' : now ? windowText(now.center, now.width) : say('presets');
  // What is read aloud begins with what is shown.
  const name = label === say('presets') ? label : `${label} ${say('presets')}`;
  return (
    <Dropdown trigger={['click']} menu={{ items: [...items, full], onClick: choose }} disabled={!image}>
      <Button type="text" className="lzv-window-now" aria-label={name} data-command="presets">
        {label} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

const turns = ['view.rotateRight', 'view.rotateLeft', 'view.hflip', 'view.vflip'] as const;

export function TurnMenu({ keys, run }: MenuPart) {
  const { say } = useDesk();
  const items = turns.map((command) => ({
    key: command,
    label: <Line name={say(`command.${command}`)} chord={keys[command][0]} />,
    icon: command.endsWith('flip') ? <FlipSign /> : <RotateRightOutlined />,
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => run(key as ViewerCommand) }}>
      <Button
        type="text"
        icon={<RotateRightOutlined />}
        aria-label={say('turn')}
        title={say('turn')}
        data-command="turn"
      />
    </Dropdown>
  );
}

const shapes: Readonly<Record<Layout, { columns: number; rows: number }>> = {
  '1x1': { columns: 1, rows: 1 },
  '1x2': { columns: 2, rows: 1 },
  '2x2': { columns: 2, rows: 2 },
};

export function LayoutMenu({ keys, run }: MenuPart) {
  const { say, state } = useDesk();
  const items = layouts.map((layout) => ({
    key: `layout.${layout}`,
    label: <Line name={say(`command.layout.${layout}`)} chord={keys[`layout.${layout}`][0]} />,
    icon: <LayoutSign {...shapes[layout]} />,
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, onClick: ({ key }) => run(key as ViewerCommand), selectedKeys: [`layout.${state.layout}`] }}
    >
      <Button
        type="text"
        icon={<LayoutSign {...shapes[state.layout]} />}
        aria-label={say('layout')}
        title={say('layout')}
        data-command="layout"
      />
    </Dropdown>
  );
}
