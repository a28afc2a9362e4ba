import type { RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import type { IceServer, Notice, PeerView, RoomEntry, Source } from '@lianzhen/contracts/room-signals.ts';
import type { PlacedMark, SharedView } from '@lianzhen/contracts/shared-view.ts';
import { emptyView } from '@lianzhen/contracts/shared-view.ts';
import type { z } from 'zod';

/** What opens the door of a room, as the hub gives it to who may come in. */
export interface RoomTicket {
  token: string;
  socketPath: string;
  iceServers: z.infer<typeof IceServer>[];
}

/** Why a room is over for this browser. */
export type EndReason = 'left' | 'refused' | 'locked' | 'removed' | 'ended' | 'replaced' | 'logged-out' | 'failed';

/** Where one stands with the room. `since` is Date.now() at the loss of the link. */
export type Phase =
  | { name: 'connecting' }
  | { name: 'lobby' }
  | { name: 'in' }
  | { name: 'reconnecting'; since: number; wasIn: boolean }
  | { name: 'over'; reason: EndReason; text: string };

/** A stream of somebody else that has come in. `isPaused`: by whom it is held back, if it is. */
export interface Incoming {
  consumerId: string;
  peerId: string;
  source: Source;
  track: MediaStreamTrack;
  isPaused: { sender: boolean; step: boolean };
}

/** A word of the chat that the room has not confirmed yet, or has refused with a code. */
export interface WaitingWord {
  id: string;
  text: string;
  /** One that the hub has already. */
  file?: RoomFile | undefined;
  failed: string | null;
}

/** All that a page shows of a room. Never changed in place: a part that is the same object has not changed. */
export interface RoomState {
  phase: Phase;
  you: PeerView | null;
  /** Everyone but you. */
  peers: readonly PeerView[];
  /** Who waits to be let in; only those who may admit are told. */
  lobby: Notice<'lobby'>;
  isLocked: boolean;
  isRecording: boolean;
  startedAt: string | null;
  leadPeerId: string | null;
  /** What the room holds, with one's own changes in it once they are answered. */
  view: SharedView;
  marks: readonly PlacedMark[];
  /** Who speaks now, the loudest first. */
  speakers: readonly string[];
  /** Without a gap up to the last one, but for what was before `entries[0]`. */
  entries: readonly RoomEntry[];
  outbox: readonly WaitingWord[];
  incoming: readonly Incoming[];
  /** Who asked this person to mute, until it is put away. */
  muteAskedBy: string | null;
  /** Media on their way: the words travel already, the voices do not. */
  media: 'none' | 'connecting' | 'connected' | 'mending';
  /** What the room did not take of one's own devices. */
  sendProblem: { source: Source; code: string } | null;
}

export const emptyRoom: RoomState = {
  phase: { name: 'connecting' },
  you: null,
  peers: [],
  lobby: [],
  isLocked: false,
  isRecording: false,
  startedAt: null,
  leadPeerId: null,
  view: emptyView,
  marks: [],
  speakers: [],
  entries: [],
  outbox: [],
  incoming: [],
  muteAskedBy: null,
  media: 'none',
  sendProblem: null,
};
