import { isCaliper, type Mark, type PlacedMark } from '@lianzhen/contracts/shared-view.ts';
import { markOf, measurementOf } from '../../../viewer/mark.ts';
import type { Measurement } from '../../../viewer/state.ts';

/** How a viewer's own marks become marks of a room, and which of a room's marks are the viewer's. */
export interface MarkCodec<T extends { readonly id: string }> {
  isShown(mark: PlacedMark): boolean;
  read(mark: PlacedMark): T;
  write(mark: T): Mark;
}

/** Measurements and drawings on images. */
export const imageMarks: MarkCodec<Measurement> = {
  isShown: ({ kind }) => !isCaliper(kind),
  read: measurementOf,
  write: markOf,
};

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
