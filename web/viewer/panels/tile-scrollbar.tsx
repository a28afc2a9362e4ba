import { type PointerEvent, useRef } from 'react';
import { useDesk } from '../desk/desk.ts';
import { leafTo } from '../desk/places.ts';
import type { Place } from '../frames/load-plan.ts';
import { runs } from './runs.ts';

interface ScrollbarProps {
  readonly tile: number;
  readonly place: Place;
}

/** Where one is in a stack, which of it is loaded, and a handle to drag. */
export function TileScrollbar({ tile, place }: ScrollbarProps) {
  const { leaf, store } = useDesk();
  const track = useRef<HTMLDivElement>(null);
  const { images } = place.series;
  const go = (event: PointerEvent) => {
    event.stopPropagation();
    const box = track.current?.getBoundingClientRect();
    if (!box || (event.type === 'pointermove' && event.buttons === 0)) return;
    if (event.type === 'pointerdown') track.current?.setPointerCapture(event.pointerId);
    const share = (event.clientY - box.top) / Math.max(1, box.height);
    const choice = leafTo(place, Math.floor(share * images.length));
    if (choice) leaf(tile, choice);
  };
  const percent = (index: number) => `${(index / images.length) * 100}%`;
  return (
    <div ref={track} className="lzv-scrollbar" onPointerDown={go} onPointerMove={go} aria-hidden="true">
      {runs(images, (image) => store.isReady(image.key)).map(({ from, to }) => (
        <i key={from} style={{ top: percent(from), height: percent(to - from) }} />
      ))}
      <b style={{ top: percent(place.index), height: percent(1) }} />
    </div>
  );
}
