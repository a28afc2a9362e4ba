import type { PeerView } from '@lianzhen/contracts/room-signals.ts';
import type { Cursor, Mark, PlacedMark, SharedView, ViewPatch } from '@lianzhen/contracts/shared-view.ts';

/** What the shared picture needs to know of a room. Each part is the same object until that part changes. */
export interface SharedRoomState {
  /** Null until one is let in. */
  readonly you: PeerView | null;
  /** Everyone but you. */
  readonly peers: readonly PeerView[];
  readonly leadPeerId: string | null;
  /** What the room holds, with one's own changes in it once they are answered. */
  readonly view: SharedView;
  readonly marks: readonly PlacedMark[];
}

/** As much of a room as the shared picture uses; the client of the call is one. */
export interface SharedRoom {
  readonly getSnapshot: () => SharedRoomState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Where others point. Apart from the snapshot, since it comes ten times a second and is never kept. */
  onCursor(listener: (told: { readonly peerId: string; readonly cursor: Cursor }) => void): () => void;
  /** Rejects when the room refuses, for example because somebody else leads by now. */
  changeView(patch: ViewPatch): Promise<unknown>;
  point(cursor: Cursor): Promise<unknown>;
  mark(mark: Mark): Promise<unknown>;
  unmark(id: string): Promise<unknown>;
  takeLead(): Promise<unknown>;
}

/** A study attached to a consultation. */
export interface SharedStudyChoice {
  readonly studyInstanceUid: string;
  /** What is written in the list: modality, description, date; of an electrocardiogram without the modality. */
  readonly title: string;
  /** An electrocardiogram. */
  readonly isTrace: boolean;
}
