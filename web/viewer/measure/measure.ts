import type { LoadedImage } from '../frames/loaded-image.ts';
import type { MarkKind, MeasuredValue, Measurement } from '../state.ts';
import { modalityValue } from '../voi/modality.ts';
import type { Point } from './affine.ts';
import { type Calibration, calibrationAt } from './calibration.ts';
import { angleAt, lengthBetween } from './length-angle.ts';
import { type RegionShape, regionArea, regionStatistics } from './region-statistics.ts';

/** How many points a mark of this kind has when it is finished, at least. */
export const pointsOf: Readonly<Record<MarkKind, number>> = {
  length: 2,
  angle: 3,
  ellipse: 2,
  rectangle: 2,
  point: 1,
  arrow: 2,
  freehand: 2,
};

export type Measured = Pick<Measurement, 'calibration' | 'values'>;

/** What the points of a mark say about a picture; a drawing says nothing in numbers. */
export function measure(kind: MarkKind, points: readonly Point[], loaded: LoadedImage): Measured {
  const calibration = calibrationAt(loaded.image.header, points);
  const [p, q, r] = points;
  if (!p || !q) return { calibration: calibration.kind, values: [] };
  if (kind === 'length') return { calibration: calibration.kind, values: [length(p, q, calibration)] };
  if (kind === 'angle') {
    const values: MeasuredValue[] = r ? [{ name: 'angle', value: angleAt(p, q, r, calibration), unit: 'deg' }] : [];
    return { calibration: calibration.kind, values };
  }
  if (kind !== 'ellipse' && kind !== 'rectangle') return { calibration: calibration.kind, values: [] };
  return { calibration: calibration.kind, values: region(kind, p, q, loaded, calibration) };
}

function length(p: Point, q: Point, calibration: Calibration): MeasuredValue {
  return { name: 'length', value: lengthBetween(p, q, calibration), unit: calibration.kind === 'none' ? 'px' : 'mm' };
}

function region(
  shape: RegionShape,
  p: Point,
  q: Point,
  loaded: LoadedImage,
  calibration: Calibration,
): MeasuredValue[] {
  const { picture, modality, image } = loaded;
  const area: MeasuredValue = {
    name: 'area',
    value: regionArea(shape, p, q, calibration),
    unit: calibration.kind === 'none' ? 'px2' : 'mm2',
  };
  if (picture.kind === 'colour') return [area];
  const { columns, rows, values } = picture;
  const meaning = (stored: number) => modalityValue(modality, stored);
  const found = regionStatistics({ columns, rows, values, padding: image.header.padding, meaning }, shape, p, q);
  if (!found) return [area];
  const { unit } = modality;
  return [
    { name: 'mean', value: found.mean, unit },
    { name: 'deviation', value: found.deviation, unit },
    { name: 'min', value: found.min, unit },
    { name: 'max', value: found.max, unit },
    area,
  ];
}
