import { useDesk } from '../desk/desk.ts';
import { imageOf } from '../desk/places.ts';
import { applyAffine } from '../measure/affine.ts';
import { referenceLine, type Slice } from '../measure/reference-line.ts';
import type { ViewerImage } from '../source/study-model.ts';
import type { TilePicture } from './use-tile-picture.ts';
import type { TileSize } from './use-tile-size.ts';

interface CrossingProps {
  readonly tile: number;
  readonly picture: TilePicture;
  readonly size: TileSize;
}

/** Where the slice of the active tile cuts the one on this tile. */
export function Crossing({ tile, picture, size }: CrossingProps) {
  const { state, places, showsLines } = useDesk();
  if (!showsLines || tile === state.active) return null;
  const of = sliceOf(imageOf(places[state.active] ?? null));
  const onto = picture.frame ? sliceOf(picture.loaded?.image) : null;
  const line = of && onto && referenceLine(of, onto);
  if (!line) return null;
  const [from, to] = line.map((point) => applyAffine(picture.toTile, point));
  return (
    <svg className="lzv-marks" width={size.width} height={size.height} aria-hidden="true">
      <line className="lzv-crossing" x1={from?.x} y1={from?.y} x2={to?.x} y2={to?.y} data-testid="crossing" />
    </svg>
  );
}

function sliceOf(image: ViewerImage | undefined): Slice | null {
  const { plane = null, spacing, format } = image?.header ?? {};
  if (!plane || !spacing?.pixel || !format) return null;
  return { plane, columns: format.columns, rows: format.rows, spacing: spacing.pixel };
}
