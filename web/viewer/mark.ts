import { isCaliper, type Mark } from '@lianzhen/contracts/shared-view.ts';
import type { CalibrationKind } from './measure/calibration.ts';
import type { MeasuredValue, Measurement } from './state.ts';

const calibrations: readonly CalibrationKind[] = ['patient', 'detector', 'ultrasound', 'none'];
const valueNames: readonly MeasuredValue['name'][] = ['length', 'angle', 'area', 'mean', 'deviation', 'min', 'max'];

/** A mark as the viewer draws it; values of a name it does not know are left out. */
export function measurementOf(mark: Mark & { readonly author: string; readonly at: string }): Measurement {
  const { id, studyUid, seriesUid, sopInstanceUid, frame, points, text, author, at } = mark;
  // Calipers are never drawn on an image.
  const kind = isCaliper(mark.kind) ? 'point' : mark.kind;
  const values = mark.values.flatMap(({ name, value, unit }) => {
    const known = valueNames.find((candidate) => candidate === name);
    return known ? [{ name: known, value, unit }] : [];
  });
  const calibration = calibrations.find((known) => known === mark.calibration) ?? 'none';
  const where = { studyUid, seriesUid, sopInstanceUid, frame, points };
  return { id, kind, ...where, calibration, values, text, author, createdAt: at };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A measurement or drawing as the hub takes it; a tenth of a pixel is finer than any hand. */
export function markOf(measurement: Measurement): Mark {
  const { id, kind, studyUid, seriesUid, sopInstanceUid, frame, points, calibration, values } = measurement;
  return {
    id,
    kind,
    studyUid,
    seriesUid,
    sopInstanceUid,
    frame,
    points: points.map(({ x, y }) => ({ x: tenth(x), y: tenth(y) })),
    text: measurement.text ?? '',
    calibration,
    values: values.map((value) => ({ ...value, value: Number(value.value.toPrecision(7)) })),
  };
}

export interface MarkChanges<T> {
  readonly placed: readonly T[];
  readonly removed: readonly string[];
}

/** What has to be told for the marks of before to become those of now. */
export function changesOf<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): MarkChanges<T> {
  const known = new Map(before.map((mark) => [mark.id, mark]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    placed: after.filter((mark) => known.get(mark.id) !== mark),
    removed: before.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  };
}
