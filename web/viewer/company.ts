import type { Point } from './measure/affine.ts';
import type { Measurement } from './state.ts';

/** Where somebody points: a place on one frame, in pixels of the picture. */
export interface PointedAt {
  readonly sopInstanceUid: string;
  readonly frame: number;
  readonly at: Point;
}

/** Somebody else's cursor as it is drawn. */
export interface OtherCursor extends PointedAt {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** It has not moved for a while and fades away. */
  readonly isFading: boolean;
}

/** Cursors of others, apart from everything else: they move many times a second, and only tiles they are on care. */
export interface CursorFeed {
  subscribe(listener: () => void): () => void;
  /** The same array until one of them moves. */
  get(): readonly OtherCursor[];
}

/** Somebody else's mark; its name is in `mark.author`. */
export interface OtherMark {
  readonly mark: Measurement;
  readonly colour: string;
}

/** The people who look at the same study, for a viewer among several. */
export interface Company {
  /** What is shown is led from outside: only pointing and marking remain to this reader. */
  readonly isFollowing: boolean;
  readonly canMark: boolean;
  /** Of this reader's own marks. */
  readonly colour: string;
  readonly marks: readonly OtherMark[];
  /** Takes away somebody else's mark; absent where that is not allowed. */
  readonly onRemoveOther?: ((id: string) => void) | undefined;
  readonly cursors: CursorFeed;
  /** Told where this reader points, as often as the pointer moves; null when nowhere on a picture. */
  readonly onPoint: (at: PointedAt | null) => void;
  /** The key between following and looking for oneself was pressed. */
  readonly onToggleFollow: () => void;
}
