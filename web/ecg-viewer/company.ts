import type { Caliper } from '@lianzhen/contracts/ecg.ts';
import type { EcgLook } from './look.ts';

/** What of a trace is on the screen. */
export interface EcgShown {
  readonly look: EcgLook;
  /** Time of the recording at the beginning of the picture, in ms. */
  readonly startMs: number;
}

/** Where somebody points: a time in ms, and microvolts in one lead. */
export interface EcgPoint {
  readonly lead: string;
  readonly ms: number;
  readonly uv: number;
}

/** Somebody else's cursor as a room tells it: `x` is a time in ms, `y` microvolts. */
export interface EcgCursor {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  readonly sopInstanceUid: string;
  readonly lead?: string | undefined;
  readonly at: { readonly x: number; readonly y: number };
  /** It has not moved for a while and fades away. */
  readonly isFading: boolean;
}

/** Cursors of others, apart from everything else: they move many times a second. */
export interface EcgCursorFeed {
  subscribe(listener: () => void): () => void;
  /** The same array until one of them moves. */
  get(): readonly EcgCursor[];
}

export interface OtherCaliper {
  readonly caliper: Caliper;
  readonly author: string;
  /** #rrggbb */
  readonly colour: string;
}

/** The people who look at the same trace, for a viewer among several. */
export interface EcgCompany {
  /** Of this trace: cursors on others are not shown. */
  readonly sopInstanceUid: string;
  /** What is shown is led from outside: only pointing and calipers remain to this reader. */
  readonly isFollowing: boolean;
  readonly canMark: boolean;
  /** Of this reader's own calipers. */
  readonly colour: string;
  readonly calipers: readonly OtherCaliper[];
  /** Takes away somebody else's caliper; absent where that is not allowed. */
  readonly onRemoveOther?: ((id: string) => void) | undefined;
  readonly cursors: EcgCursorFeed;
  /** Told where this reader points, as often as the pointer moves; null when nowhere on the trace. */
  readonly onPoint: (at: EcgPoint | null) => void;
  /** The key between following and looking for oneself was pressed. */
  readonly onToggleFollow: () => void;
}
