import { type DragEvent, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Desk, useDesk } from '../desk/desk.ts';
import { choiceOf, imageOf } from '../desk/places.ts';
import { pixelAspect } from '../measure/calibration.ts';
import { measure } from '../measure/measure.ts';
import { type Frame, imageToTile, visibleParts } from '../measure/view-transform.ts';
import { emptyViewport } from '../state.ts';
import { seriesDragType } from './drag-type.ts';
import { type Drawn, MeasurementLayer } from './measurement-layer.tsx';
import { TileMessage } from './tile-message.tsx';
import { TileScrollbar } from './tile-scrollbar.tsx';
import { TileText } from './tile-text.tsx';
import { useLastLoaded } from './use-last-loaded.ts';
import { useStage } from './use-stage.ts';
import { useTilePointer } from './use-tile-pointer.ts';
import { useTileSize } from './use-tile-size.ts';

interface TileProps {
  readonly tile: number;
  readonly onEnlarge: () => void;
}

/** One tile: the picture, what is written and measured over it, and everything a pointer does there. */
export function Tile({ tile, onEnlarge }: TileProps) {
  const desk = useDesk();
  useSyncExternalStore(desk.store.subscribe, desk.store.version);
  const viewport = desk.state.viewports[tile] ?? emptyViewport;
  const place = desk.places[tile] ?? null;
  const image = imageOf(place);
  const element = useRef<HTMLDivElement>(null);
  const canvasElement = useRef<HTMLDivElement>(null);
  const size = useTileSize(element);
  const { loaded, isCurrent } = useLastLoaded(desk.store, image);
  const problem = image && !isCurrent ? desk.store.problem(image) : undefined;

  const frame = useMemo((): Frame | null => {
    if (!loaded || size.width === 0) return null;
    const { columns, rows } = loaded.picture;
    return { columns, rows, aspect: pixelAspect(loaded.image.header), width: size.width, height: size.height };
  }, [loaded, size]);
  if (frame) desk.frames.set(tile, frame);
  else desk.frames.delete(tile);
  const toTile = useMemo(() => imageToTile(frame ?? blank, viewport), [frame, viewport]);

  useStage({
    element: canvasElement,
    size,
    frame,
    loaded,
    viewport,
    showsOverlays: desk.showsText,
    onDrawn: (key) => {
      desk.drawn(tile, key);
      if (frame) desk.see(key, visibleParts(frame, viewport));
    },
  });

  const measurements = useMemo(
    () =>
      desk.book.now.filter(
        ({ sopInstanceUid, frame: of }) => sopInstanceUid === image?.ref.sopInstanceUid && of === image.ref.frame,
      ),
    [desk.book.now, image],
  );
  const { sketch, handlers } = useTilePointer({
    desk,
    tile,
    element,
    viewport,
    place,
    frame,
    toTile,
    loaded: isCurrent ? loaded : undefined,
    measurements,
  });
  const shapes: Drawn[] = measurements.filter(({ id }) => id !== sketch?.edits?.id);
  if (sketch && loaded && isCurrent) {
    shapes.push({
      id: 'sketch',
      kind: sketch.kind,
      points: sketch.points,
      ...measure(sketch.kind, sketch.points, loaded),
    });
  }

  return (
    <section
      ref={element}
      className={tileClass(desk, tile, sketch !== null)}
      aria-label={place ? place.series.description : desk.say('emptyTile')}
      data-testid={`tile-${tile}`}
      data-series={viewport.seriesUid ?? ''}
      data-image={place ? place.index + 1 : ''}
      data-problem={problem?.code}
      onContextMenu={(event) => event.preventDefault()}
      onDoubleClick={onEnlarge}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => drop(event, desk, tile)}
      {...handlers}
    >
      <div
        ref={canvasElement}
        className={isCurrent ? 'lzv-canvas' : loaded ? 'lzv-canvas lzv-stale' : 'lzv-canvas lzv-none'}
      />
      {frame && isCurrent && (
        <MeasurementLayer
          measurements={shapes}
          selected={sketch ? 'sketch' : desk.selected}
          toTile={toTile}
          width={size.width}
          height={size.height}
          say={desk.say}
        />
      )}
      {place && image && desk.showsText && (
        <TileText
          place={place}
          image={image}
          viewport={viewport}
          loaded={isCurrent ? loaded : undefined}
          frame={frame}
          size={size}
        />
      )}
      <TileMessage image={image} problem={problem} isLoading={image !== undefined && !isCurrent} />
      {place && place.series.images.length > 1 && <TileScrollbar tile={tile} place={place} />}
    </section>
  );
}

const blank: Frame = { columns: 1, rows: 1, aspect: 1, width: 1, height: 1 };

function tileClass(desk: Desk, tile: number, isDrawing: boolean): string {
  const isActive = tile === desk.state.active && desk.state.viewports.length > 1;
  return ['lzv-tile', isActive ? 'lzv-tile-active' : '', `lzv-tool-${desk.tool}`, isDrawing ? 'lzv-drawing' : '']
    .filter(Boolean)
    .join(' ');
}

function drop(event: DragEvent, desk: Desk, tile: number): void {
  event.preventDefault();
  const seriesUid = event.dataTransfer.getData(seriesDragType);
  const image = desk.study.series.find((series) => series.seriesUid === seriesUid)?.images[0];
  if (!image) return;
  desk.dispatch({ type: 'open', tile, choice: choiceOf(image) });
  desk.dispatch({ type: 'activate', tile });
}
