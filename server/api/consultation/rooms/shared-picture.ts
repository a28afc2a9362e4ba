import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Notice, RoomFact } from '@lianzhen/contracts/room-signals.ts';
import {
  applyPatch,
  type Mark,
  mostMarks,
  type PlacedMark,
  patchBetween,
  type SharedView,
  type ViewPatch,
} from '@lianzhen/contracts/shared-view.ts';
import type { Author } from './entry-log.ts';
import type { RoomTimes } from './room-deps.ts';

/** What the picture says of itself. */
export interface PictureWords {
  view(notice: Notice<'view'>): void;
  /** A fact of whoever leads. */
  fact(fact: RoomFact): void;
  /** Something to be kept for a process that comes after this one; rarely enough to be written each time. */
  keep(view: SharedView): void;
}

type KeptMark = PlacedMark & { seatId: string };

export interface SharedPicture {
  /** As everyone has been told. */
  view(): SharedView;
  marks(): PlacedMark[];
  /** @returns the revision with which it will be told */
  change(patch: ViewPatch): number;
  /** Places a mark, or draws one's own again. @throws `already-exists` for another's, `too-large` beyond the bound */
  mark(mark: Mark, by: Author, at: Date): PlacedMark;
  /** @returns false where there is none */
  unmark(id: string, seatId: string, mayAll: boolean): boolean;
  /** Tells what has not been told yet, and what is kept is up to date afterwards. */
  close(): void;
}

/** The frame on the active tile, or the trace that is open; a trace counts as a whole, wherever one is in it. */
const frameOf = ({ studyUid, viewports, active, trace }: SharedView) => {
  const shown = trace.sopInstanceUid === null ? viewports[active] : { ...trace, frame: 1 };
  const { seriesUid = null, sopInstanceUid = null, frame = 1 } = shown ?? {};
  return studyUid && seriesUid && sopInstanceUid ? { studyUid, seriesUid, sopInstanceUid, frame } : undefined;
};

/**
 * What everyone in a room looks at. Changes are told together, each time as one patch with the next revision; a rest on a
 * frame and another study are facts; the last view is kept.
 */
export function openSharedPicture(
  kept: { view: SharedView; marks: readonly KeptMark[] },
  times: Pick<RoomTimes, 'viewMs' | 'lookedMs' | 'keptMs'>,
  words: PictureWords,
): SharedPicture {
  const marks = new Map(kept.marks.map((mark) => [mark.id, mark]));
  let told = kept.view;
  let wanted: SharedView | undefined;
  let lastLooked = '';
  let telling: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let keeping: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(telling);
    telling = undefined;
    const patch = wanted && patchBetween(told, wanted);
    wanted = undefined;
    if (!patch) return;
    const before = told;
    told = applyPatch(told, patch);
    words.view({ revision: told.revision, patch });
    if (told.studyUid && told.studyUid !== before.studyUid) words.fact({ kind: 'opened', studyUid: told.studyUid });
    rest();
    keeping ??= setTimeout(keep, times.keptMs);
  }
  function keep(): void {
    clearTimeout(keeping);
    keeping = undefined;
    words.keep(told);
  }
  /** Begins anew with another frame; a changed window on the same one goes on with it. */
  function rest(): void {
    const frame = frameOf(told);
    const key = JSON.stringify(frame ?? null);
    if (key === lastLooked) return;
    lastLooked = key;
    clearTimeout(resting);
    if (frame) resting = setTimeout(() => words.fact({ kind: 'looked', ...frame }), times.lookedMs);
  }

  return {
    view: () => {
      tell();
      return told;
    },
    marks: () => [...marks.values()].map(withoutSeat),
    change: (patch) => {
      const next = applyPatch(wanted ?? told, patch);
      if (!patchBetween(told, next)) {
        // Back where everyone is already: nothing is left to be told.
        wanted = undefined;
        return told.revision;
      }
      wanted = next;
      telling ??= setTimeout(tell, times.viewMs);
      return told.revision + 1;
    },
    mark: (mark, { peerId, seatId, name }, at) => {
      const known = marks.get(mark.id);
      if (known && known.seatId !== seatId) throw new HubError('already-exists', { field: 'mark.id' });
      if (!known && marks.size >= mostMarks) throw new HubError('too-large', { most: mostMarks });
      const placed = { ...mark, peerId, author: name, at: at.toISOString(), seatId };
      marks.set(mark.id, placed);
      return withoutSeat(placed);
    },
    unmark: (id, seatId, mayAll) => {
      const known = marks.get(id);
      if (known && known.seatId !== seatId && !mayAll) throw new HubError('forbidden', { field: 'id' });
      return marks.delete(id);
    },
    close: () => {
      tell();
      clearTimeout(resting);
      if (keeping) keep();
    },
  };
}

const withoutSeat = ({ seatId: _, ...mark }: KeptMark): PlacedMark => mark;
