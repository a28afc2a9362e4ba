import { useEffect, useRef, useState } from 'react';
import { DeskContext } from './desk/desk.ts';
import { type DeskSwitches, runCommand } from './desk/run-command.ts';
import { seenPercent } from './desk/seen.ts';
import { type DeskInput, useOpenDesk } from './desk/use-desk.ts';
import { useKeyTable } from './desk/use-key-table.ts';
import { useKeys } from './desk/use-keys.ts';
import { useMissing } from './desk/use-missing.ts';
import type { ViewerCommand } from './keys.ts';
import { CineBar } from './panels/cine-bar.tsx';
import { Help } from './panels/help.tsx';
import { NoteField } from './panels/note-field.tsx';
import { Thumbnails } from './panels/thumbnails.tsx';
import { Tile } from './panels/tile.tsx';
import { Toolbar } from './panels/toolbar.tsx';
import { useTileSize } from './panels/use-tile-size.ts';
import type { Layout } from './state.ts';

interface OpenViewerProps
  extends Omit<DeskInput, 'isNarrow' | 'state' | 'onState' | 'measurements' | 'onMeasurements' | 'company'> {
  readonly company?: DeskInput['company'];
  readonly refresh: () => void;
  readonly state?: DeskInput['state'];
  readonly onState?: DeskInput['onState'];
  readonly measurements?: DeskInput['measurements'];
  readonly onMeasurements?: DeskInput['onMeasurements'];
  readonly onSeen?: ((percentBySeries: Readonly<Record<string, number>>) => void) | undefined;
}

/** Narrower than this, series and tools lie below the picture, for a thumb. */
const narrow = 600;

/** Measures first: how a study is hung depends on how much room there is. */
export function OpenViewer(props: OpenViewerProps) {
  const root = useRef<HTMLDivElement>(null);
  const { width } = useTileSize(root);
  return (
    <div ref={root} className="lzv-root">
      {width > 0 && <Laid {...props} isNarrow={width < narrow} />}
    </div>
  );
}

function Laid({
  onSeen,
  state,
  onState,
  measurements,
  onMeasurements,
  company,
  refresh,
  ...input
}: OpenViewerProps & { readonly isNarrow: boolean }) {
  const { desk, toggles, isRendered } = useOpenDesk({
    ...input,
    state,
    onState,
    measurements,
    onMeasurements,
    company,
  });
  useMissing(desk, refresh);
  const settings = useKeyTable();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const all: DeskSwitches = { ...toggles, toggleHelp: () => setHelpOpen((open) => !open) };
  const run = (command: ViewerCommand) => runCommand(desk, all, command);
  const takeKeys = useKeys(settings.keys, run);
  const before = useRef<Layout>('1x1');
  const enlarge = () => {
    const { layout } = desk.state;
    if (layout !== '1x1') before.current = layout;
    run(`layout.${layout === '1x1' ? before.current : '1x1'}`);
  };

  const { seen, study } = desk;
  const tellSeen = useRef(onSeen);
  tellSeen.current = onSeen;
  useEffect(() => {
    tellSeen.current?.(Object.fromEntries(study.series.map((series) => [series.seriesUid, seenPercent(seen, series)])));
  }, [seen, study]);

  const place = desk.places[desk.state.active];
  return (
    <DeskContext value={desk}>
      <div
        className={['lzv', input.isNarrow && 'lzv-narrow', company?.isFollowing && 'lzv-following']
          .filter(Boolean)
          .join(' ')}
        data-testid="viewer"
        data-rendered={isRendered}
        data-series={place?.series.seriesUid ?? ''}
        data-image={place ? place.index + 1 : ''}
        onPointerDownCapture={takeKeys}
      >
        <Toolbar keys={settings.keys} run={run} />
        <Thumbnails />
        <div className={`lzv-tiles lzv-tiles-${desk.state.layout}`}>
          {desk.state.viewports.map((_, tile) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place on the screen.
            <Tile key={tile} tile={tile} onEnlarge={enlarge} />
          ))}
          <CineBar />
          {company && <NoteField />}
        </div>
        <Help settings={settings} isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </div>
    </DeskContext>
  );
}
