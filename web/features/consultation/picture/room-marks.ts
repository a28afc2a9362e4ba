import { isCaliper, type Mark, type PlacedMark } from '@lianzhen/contracts/shared-view.ts';
import type { CalibrationKind } from '../../../viewer/measure/calibration.ts';
import type { MeasuredValue, Measurement } from '../../../viewer/state.ts';

const calibrations: readonly CalibrationKind[] = ['patient', 'detector', 'ultrasound', 'none'];
const valueNames: readonly MeasuredValue['name'][] = ['length', 'angle', 'area', 'mean', 'deviation', 'min', 'max'];

/** How a viewer's own marks become marks of a room, and which of a room's marks are the viewer's. */
export interface MarkCodec<T extends { readonly id: string }> {
  isShown(mark: PlacedMark): boolean;
  read(mark: PlacedMark): T;
  write(mark: T): Mark;
}

/** A mark of the room as the viewer draws it; values of a name it does not know are left out. */
export function measurementOf(mark: PlacedMark): Measurement {
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

/** A measurement or drawing as it goes to the room; a tenth of a pixel is finer than any hand. */
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

/** Measurements and drawings on images. */
export const imageMarks: MarkCodec<Measurement> = {
  isShown: ({ kind }) => !isCaliper(kind),
  read: measurementOf,
  write: markOf,
};

export interface MarkChanges<T> {
  readonly placed: readonly T[];
  readonly removed: readonly string[];
}

/** What has to be told for one's marks to become others. */
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

/**
 * One's own marks after the room has told its own: what is still under way stays as it is here, everything else is as
 * the room has it. The same array when nothing differs, so that nothing is drawn anew.
 */
export function agreedMarks<T extends { readonly id: string }>(
  here: readonly T[],
  inRoom: readonly PlacedMark[],
  underWay: ReadonlySet<string>,
  read: (mark: PlacedMark) => T,
): readonly T[] {
  const local = new Map(here.map((mark) => [mark.id, mark]));
  const told = inRoom.filter(({ id }) => !underWay.has(id)).map((mark) => local.get(mark.id) ?? read(mark));
  const waiting = here.filter(({ id }) => underWay.has(id));
  const agreed = new Set([...told, ...waiting].map(({ id }) => id));
  if (agreed.size === here.length && here.every(({ id }) => agreed.has(id))) return here;
  const order = new Map(here.map(({ id }, i) => [id, i]));
  const rank = ({ id }: T) => order.get(id) ?? Number.POSITIVE_INFINITY;
  return [...told, ...waiting].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
