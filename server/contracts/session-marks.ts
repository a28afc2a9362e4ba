import type { RoomEntry } from './room-signals.ts';
import type { Mark } from './shared-view.ts';

/** A mark that was there at the end, and whose it is. */
export interface SessionMark extends Mark {
  readonly author: string;
  /** The same for the same person throughout a consultation. */
  readonly seatId: string;
  /** #rrggbb */
  readonly colour: string;
}

/** A frame that was looked at or marked. */
export interface SessionFrame {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
}

export interface SessionTrace {
  readonly marks: readonly SessionMark[];
  /** In the order in which they were first looked at or marked. */
  readonly frames: readonly SessionFrame[];
  /** The last entry that says something about the pictures, or undefined where none does. */
  readonly last: { readonly seq: number; readonly at: Date } | undefined;
  /** By SOP Instance UID: the last entry that put a mark on an image or took one away. */
  readonly touched: ReadonlyMap<string, number>;
}

export interface Seat {
  readonly seatId: string;
  readonly colour: string;
}

const unknownColour = '#f4f1de';
/** Nobody looks through a key object selection of more. */
const mostFrames = 400;

/** With its series: what a browser claims of an image in another series must not stand in the place of what is true. */
const keyOf = ({ seriesUid, sopInstanceUid, frame }: SessionFrame): string => `${seriesUid}/${sopInstanceUid}/${frame}`;

const frameOf = ({ studyUid, seriesUid, sopInstanceUid, frame }: SessionFrame): SessionFrame => ({
  studyUid,
  seriesUid,
  sopInstanceUid,
  frame,
});

/**
 * What the entries of a room come to in one study: marks that were not taken away, and frames somebody stayed on.
 * @param entries in their order, those about other things among them
 */
export function foldEntries(studyUid: string, entries: readonly RoomEntry[], seats: readonly Seat[]): SessionTrace {
  const colours = new Map(seats.map(({ seatId, colour }) => [seatId, colour]));
  const marks = new Map<string, SessionMark>();
  const frames = new Map<string, SessionFrame>();
  const touched = new Map<string, number>();
  let last: SessionTrace['last'];
  for (const { seq, at, name, seatId, what } of entries) {
    if (what.kind === 'marked') {
      if (what.mark.studyUid !== studyUid) continue;
      const owner = seatId ?? name;
      marks.set(what.mark.id, {
        ...what.mark,
        author: name,
        seatId: owner,
        colour: colours.get(owner) ?? unknownColour,
      });
      frames.set(keyOf(what.mark), frameOf(what.mark));
      touched.set(what.mark.sopInstanceUid, seq);
    } else if (what.kind === 'unmarked') {
      const gone = marks.get(what.id);
      if (!gone) continue;
      marks.delete(what.id);
      touched.set(gone.sopInstanceUid, seq);
    } else if (what.kind === 'looked' && what.studyUid === studyUid) frames.set(keyOf(what), frameOf(what));
    else continue;
    last = { seq, at: new Date(at) };
  }
  const marked = new Set([...marks.values()].map(keyOf));
  const all = [...frames.values()];
  // Marked frames are kept whatever their number; the rest by the order in which they came.
  const others = all.filter((frame) => !marked.has(keyOf(frame))).slice(0, Math.max(0, mostFrames - marked.size));
  const kept = new Set([...marked, ...others.map(keyOf)]);
  return { marks: [...marks.values()], frames: all.filter((frame) => kept.has(keyOf(frame))), last, touched };
}
