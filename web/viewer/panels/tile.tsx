import { type DragEvent, useMemo, useRef } from 'react';
import type { OtherMark } from '../company.ts';
import { type Desk, useDesk } from '../desk/desk.ts';
import { choiceOf } from '../desk/places.ts';
import { measure } from '../measure/measure.ts';
import type { ViewerImage } from '../source/study-model.ts';
import type { Measurement } from '../state.ts';
import type { Sketch } from '../tools/sketch.ts';
import { Crossing } from './crossing.tsx';
import { Cursors } from './cursors.tsx';
import { seriesDragType } from './drag-type.ts';
import { type Drawn, MeasurementLayer } from './measurement-layer.tsx';
import { TileMessage } from './tile-message.tsx';
import { TileScrollbar } from './tile-scrollbar.tsx';
import { TileText } from './tile-text.tsx';
import { type TilePicture, useTilePicture } from './use-tile-picture.ts';
import { useTilePointer } from './use-tile-pointer.ts';
import { type TileSize, useTileSize } from './use-tile-size.ts';

interface TileProps {
  readonly tile: number;
  readonly onEnlarge: () => void;
}

/** One tile: the picture, what is written and measured over it, and everything a pointer does there. */
export function Tile({ tile, onEnlarge }: TileProps) {
  const desk = useDesk();
  const element = useRef<HTMLElement>(null);
  const canvasElement = useRef<HTMLDivElement>(null);
  const size = useTileSize(element);
  const picture = useTilePicture(tile, canvasElement, size);
  const { viewport, place, image, loaded, isCurrent } = picture;
  const measurements = useMemo(() => desk.book.now.filter((mark) => isOn(mark, image)), [desk.book.now, image]);
  const others = useOthers(desk, image);
  const scene = {
    ...picture,
    desk,
    tile,
    element,
    loaded: isCurrent ? loaded : undefined,
    measurements,
    others: desk.company?.onRemoveOther ? others.map(({ mark }) => mark) : [],
  };
  const { sketch, handlers } = useTilePointer(scene, image?.key ?? '');
  const isLoading = image !== undefined ? !isCurrent : viewport.seriesUid !== null;
  return (
    <section
      ref={element}
      className={tileClass(desk, tile)}
      aria-label={place ? place.series.description : desk.say('emptyTile')}
      data-testid={`tile-${tile}`}
      data-series={viewport.seriesUid ?? ''}
      data-image={place ? place.index + 1 : ''}
      data-problem={picture.problem?.code}
      onContextMenu={(event) => event.preventDefault()}
      onDoubleClick={onEnlarge}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => drop(event, desk, tile)}
      {...handlers}
    >
      <div ref={canvasElement} className={canvasClass(picture)} />
      <Crossing tile={tile} picture={picture} size={size} />
      <Over picture={picture} size={size} measurements={measurements} others={others} sketch={sketch} />
      {desk.company && <Cursors feed={desk.company.cursors} picture={picture} size={size} />}
      <TileMessage image={image} problem={picture.problem} isLoading={isLoading} />
      {place && place.series.images.length > 1 && <TileScrollbar tile={tile} place={place} />}
    </section>
  );
}

interface OverProps {
  readonly picture: TilePicture;
  readonly size: TileSize;
  readonly measurements: readonly Measurement[];
  readonly others: readonly OtherMark[];
  readonly sketch: Sketch | null;
}

/** Marks of others on a frame. */
function useOthers({ company }: Desk, image: ViewerImage | undefined): readonly OtherMark[] {
  const marks = company?.marks;
  return useMemo(() => (marks ?? []).filter(({ mark }) => isOn(mark, image)), [marks, image]);
}

const isOn = ({ sopInstanceUid, frame }: Measurement, image: ViewerImage | undefined): boolean =>
  sopInstanceUid === image?.ref.sopInstanceUid && frame === image.ref.frame;

/** Measurements and writing over a picture. */
function Over({ picture, size, measurements, others, sketch }: OverProps) {
  const { say, selected, showsText, company, author } = useDesk();
  const { place, image, viewport, frame, toTile } = picture;
  const loaded = picture.isCurrent ? picture.loaded : undefined;
  const colour = company?.colour;
  const shapes: Drawn[] = others.map((other) => ({ ...other.mark, colour: other.colour, by: other.mark.author }));
  for (const mark of measurements) {
    const by = company || mark.author === author ? undefined : mark.author;
    if (mark.id !== sketch?.edits?.id) shapes.push({ ...mark, colour, by });
  }
  if (sketch && loaded) {
    shapes.push({
      id: 'sketch',
      kind: sketch.kind,
      points: sketch.points,
      colour,
      ...measure(sketch.kind, sketch.points, loaded),
    });
  }
  return (
    <>
      {frame && loaded && (
        <MeasurementLayer
          measurements={shapes}
          selected={sketch ? 'sketch' : selected}
          toTile={toTile}
          width={size.width}
          height={size.height}
          say={say}
        />
      )}
      {place && image && showsText && (
        <TileText place={place} image={image} viewport={viewport} loaded={loaded} frame={frame} size={size} />
      )}
    </>
  );
}

function canvasClass({ loaded, isCurrent }: TilePicture): string {
  if (isCurrent) return 'lzv-canvas';
  return loaded ? 'lzv-canvas lzv-stale' : 'lzv-canvas lzv-none';
}

function tileClass(desk: Desk, tile: number): string {
  const isActive = tile === desk.state.active && desk.state.viewports.length > 1;
  const parts = ['lzv-tile', isActive && 'lzv-tile-active', `lzv-tool-${desk.tool}`];
  return parts.filter(Boolean).join(' ');
}

function drop(event: DragEvent, desk: Desk, tile: number): void {
  event.preventDefault();
  const seriesUid = event.dataTransfer.getData(seriesDragType);
  const image = desk.study.series.find((series) => series.seriesUid === seriesUid)?.images[0];
  if (!image) return;
  desk.dispatch({ type: 'open', tile, choice: choiceOf(image) });
  desk.dispatch({ type: 'activate', tile });
}
