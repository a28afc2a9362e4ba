import type { RecordedTile } from '@lianzhen/contracts/recording.ts';
import type { RecordedTrack } from '@lianzhen/contracts/recording-chunk.ts';

export interface Tile {
  key: string;
  name: string;
  source: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export const canvas = { width: 1280, height: 720 };
/** Sixteen faces can be told apart on the canvas; whoever comes later is heard and not seen. */
const mostTiles = 16;

export const tileKey = ({ seatId, source }: RecordedTrack): string => `${seatId} ${source}`;

/** One tile for each person's each source, the same from beginning to end: whoever comes back is where he was. */
export function layTiles(tracks: readonly RecordedTrack[]): Tile[] {
  const seen = new Map<string, RecordedTrack>();
  for (const track of tracks) if (track.kind === 'video' && !seen.has(tileKey(track))) seen.set(tileKey(track), track);
  const shown = [...seen].slice(0, mostTiles);
  const columns = Math.max(1, Math.ceil(Math.sqrt(shown.length)));
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  // Even, as the encoder's halved colours need it.
  const width = 2 * Math.floor(canvas.width / columns / 2);
  const height = 2 * Math.floor(canvas.height / rows / 2);
  return shown.map(([key, { name, source }], at) => ({
    ...{ key, name, source, width, height },
    x: (at % columns) * width,
    y: Math.floor(at / columns) * height,
  }));
}

/** In hundredths, for who writes names over the picture. */
export const asRecorded = ({ name, source, x, y, width, height }: Tile): RecordedTile => ({
  ...{ name, source },
  left: (x / canvas.width) * 100,
  top: (y / canvas.height) * 100,
  width: (width / canvas.width) * 100,
  height: (height / canvas.height) * 100,
});
