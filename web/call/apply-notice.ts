import type { Notice, NoticeName, PeerView, RoomSnapshot } from '@lianzhen/contracts/room-signals.ts';
import { receivePatch } from '@lianzhen/contracts/shared-view.ts';
import type { RoomState } from './room-state.ts';

const others = (peers: readonly PeerView[], you: PeerView | null) =>
  peers.filter((peer) => peer.peerId !== you?.peerId);

/** Everything as the room has it, for who comes in or comes back; entries and words on their way are kept apart. */
export function enterRoom(state: RoomState, room: RoomSnapshot): RoomState {
  const { you, isLocked, isRecording, leadPeerId, view, marks, startedAt } = room;
  return {
    ...state,
    ...{ you, isLocked, isRecording, leadPeerId, view, marks, startedAt },
    peers: others(room.peers, you),
    speakers: [],
    lobby: [],
  };
}

type Fact = Exclude<
  NoticeName,
  'admitted' | 'newConsumer' | 'consumerClosed' | 'consumerPaused' | 'entry' | 'cursor' | 'closed'
>;
type Apply = { [N in Fact]: (state: RoomState, notice: Notice<N>) => RoomState | 'gap' };

const withPeer = (state: RoomState, peer: PeerView): RoomState =>
  peer.peerId === state.you?.peerId
    ? { ...state, you: peer }
    : { ...state, peers: [...state.peers.filter(({ peerId }) => peerId !== peer.peerId), peer] };

const changed = (state: RoomState, peer: PeerView): RoomState =>
  state.peers.some(({ peerId }) => peerId === peer.peerId)
    ? { ...state, peers: state.peers.map((each) => (each.peerId === peer.peerId ? peer : each)) }
    : withPeer(state, peer);

/** What each notice makes of the state. `gap`: something before it was lost, and the whole has to be asked for. */
export const applyNotice: Apply = {
  lobby: (state, lobby) => ({ ...state, lobby }),
  peerJoined: withPeer,
  peerChanged: changed,
  peerLeft: (state, { peerId }) => ({
    ...state,
    peers: state.peers.filter((peer) => peer.peerId !== peerId),
    speakers: state.speakers.filter((id) => id !== peerId),
  }),
  speakers: (state, speakers) => ({
    ...state,
    speakers: speakers.toSorted((a, b) => b.level - a.level).map(({ peerId }) => peerId),
  }),
  lead: (state, { leadPeerId }) => ({ ...state, leadPeerId }),
  view: (state, told) => {
    const view = receivePatch(state.view, told);
    if (view === 'gap') return 'gap';
    return view === state.view ? state : { ...state, view };
  },
  marked: (state, mark) => ({ ...state, marks: [...state.marks.filter(({ id }) => id !== mark.id), mark] }),
  unmarked: (state, { id }) => ({ ...state, marks: state.marks.filter((mark) => mark.id !== id) }),
  locked: (state, { isLocked }) => ({ ...state, isLocked }),
  recording: (state, { isOn }) => ({ ...state, isRecording: isOn }),
  muteAsked: (state, { byName }) => ({ ...state, muteAskedBy: byName }),
};

export const isFact = (name: NoticeName): name is Fact => Object.hasOwn(applyNotice, name);
