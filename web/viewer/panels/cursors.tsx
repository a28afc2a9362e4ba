import { type CSSProperties, useSyncExternalStore } from 'react';
import type { CursorFeed } from '../company.ts';
import { applyAffine } from '../measure/affine.ts';
import { cursorPlace } from './cursor-place.ts';
import type { TilePicture } from './use-tile-picture.ts';
import type { TileSize } from './use-tile-size.ts';

interface CursorsProps {
  readonly feed: CursorFeed;
  readonly picture: TilePicture;
  readonly size: TileSize;
}

/** Where others point on the frame of this tile; at the edge when it lies outside of what this screen shows. */
export function Cursors({ feed, picture, size }: CursorsProps) {
  const all = useSyncExternalStore(feed.subscribe, feed.get);
  const { image, frame, toTile, isCurrent } = picture;
  if (!image || !frame || !isCurrent) return null;
  const here = all.filter(
    (cursor) => cursor.sopInstanceUid === image.ref.sopInstanceUid && cursor.frame === image.ref.frame,
  );
  return here.map(({ id, name, colour, at, isFading }) => {
    const { x, y, turn } = cursorPlace(applyAffine(toTile, at), size);
    const style: CSSProperties = { transform: `translate(${x}px, ${y}px)`, color: colour };
    return (
      <div
        key={id}
        className={isFading ? 'lzv-cursor lzv-cursor-fading' : 'lzv-cursor'}
        style={style}
        data-testid="cursor"
        data-peer={id}
        aria-hidden="true"
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" style={{ rotate: `${turn}deg` }}>
          <path d="M0 0 5 14 7.4 8.2 13.4 6z" />
        </svg>
        <span>{name}</span>
      </div>
    );
  });
}
