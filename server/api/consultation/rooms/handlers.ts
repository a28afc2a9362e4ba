import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SignalName, SignalValue, signals } from '@lianzhen/contracts/room-signals.ts';
import type { z } from 'zod';
import type { DtlsParameters, PeerMedia, RtpCapabilities, RtpParameters } from '../media/media-shapes.ts';
import { steps } from './next-step.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';
import { entryFor } from './room-rules.ts';
import * as store from './store.ts';

/** Who asks, and where. */
export interface Asking {
  room: Room;
  peer: Peer;
}
type Handler<N extends SignalName> = (
  asking: Asking,
  input: z.output<(typeof signals)[N]['input']>,
) => SignalValue<N> | Promise<SignalValue<N>>;
/** Every signal but the first one, which makes the peer. One that is missing does not compile. */
type Handlers = { [N in Exclude<SignalName, 'join'>]: Handler<N> };

/** What may be asked by somebody who still waits to be let in. */
export const inLobby: ReadonlySet<SignalName> = new Set<SignalName>(['leave', 'capabilities']);

/** @throws `wrong-state` where nothing of his is sent or received yet */
function mediaOf(peer: Peer): PeerMedia {
  if (!peer.media) throw new HubError('wrong-state', { part: 'transport' });
  return peer.media;
}

/** Speaking and showing a screen are permitted apart. */
function requireSource(peer: Peer, source: string): void {
  peer.require(source === 'screen' ? 'shareScreen' : 'speak');
}

const media = {
  capabilities: ({ room, peer }, { rtpCapabilities }) => {
    // The media library reads it as it is, and plays nothing to whom it does not understand.
    peer.capabilities = rtpCapabilities as RtpCapabilities;
    peer.media?.setCapabilities(peer.capabilities);
    setImmediate(() => room.streams.sendAllTo(peer));
    return {};
  },
  createTransport: async ({ room, peer }, { direction }) => {
    const own = await room.streams.of(peer);
    const { id, iceParameters, iceCandidates, dtlsParameters } = await own.createTransport(direction);
    if (direction === 'send') room.tellChanged(peer);
    // After the answer: nothing can be received before the browser knows the transport.
    else setImmediate(() => room.streams.sendAllTo(peer));
    return {
      id,
      iceParameters: { ...iceParameters },
      iceCandidates: iceCandidates.map((candidate) => ({ ...candidate })),
      dtlsParameters: { ...dtlsParameters },
    };
  },
  connectTransport: async ({ peer }, { transportId, dtlsParameters }) => {
    await mediaOf(peer).connectTransport(transportId, dtlsParameters as unknown as DtlsParameters);
    return {};
  },
  restartIce: async ({ peer }, { transportId }) => ({
    iceParameters: { ...(await mediaOf(peer).restartIce(transportId)) },
  }),
  produce: async ({ room, peer }, { rtpParameters, ...wanted }) => {
    requireSource(peer, wanted.source);
    const producer = await mediaOf(peer).produce({
      ...wanted,
      rtpParameters: rtpParameters as unknown as RtpParameters,
    });
    room.tellChanged(peer);
    room.streams.sendToAll(peer, producer);
    return { producerId: producer.id };
  },
  pauseProducer: async ({ room, peer }, { producerId, isPaused }) => {
    await mediaOf(peer).pauseProducer(producerId, isPaused);
    room.tellChanged(peer);
    return {};
  },
  closeProducer: ({ room, peer }, { producerId }) => {
    mediaOf(peer).closeProducer(producerId);
    room.tellChanged(peer);
    return {};
  },
  resumeConsumer: ({ peer }, { consumerId }) => {
    mediaOf(peer).resumeConsumer(consumerId);
    return {};
  },
  setTile: ({ peer }, { consumerId, width }) => {
    mediaOf(peer).setTile(consumerId, width);
    return {};
  },
  reportReceiving: ({ room, peer }, measured) => {
    const { lossPercent, rttMs, jitterMs } = measured;
    const available = peer.media?.available();
    if (peer.measured({ at: performance.now(), lossPercent, rttMs, jitterMs, available })) room.tellChanged(peer);
    return { step: peer.step };
  },
  chooseStep: ({ room, peer }, { most }) => {
    if (steps.includes(most) && peer.choose(most)) room.tellChanged(peer);
    return {};
  },
} satisfies Partial<Handlers>;

const people = {
  leave: ({ room, peer }) => {
    room.leave(peer, 'left');
    return {};
  },
  admit: ({ room, peer }, { peerId }) => {
    peer.require('admit');
    room.admit(room.waiting(peerId));
    return {};
  },
  refuse: ({ room, peer }, { peerId, reason }) => {
    peer.require('admit');
    room.leave(room.waiting(peerId), 'refused', { reason: 'refused', text: reason });
    return {};
  },
  remove: async ({ room, peer }, { peerId, reason }) => {
    peer.require('remove');
    if (peerId === peer.id) throw new HubError('wrong-state', { field: 'peerId' });
    await room.remove(room.peer(peerId), reason);
    return {};
  },
  askMute: ({ room, peer }, { peerId }) => {
    peer.require('askMute');
    room.peer(peerId).tell('muteAsked', { byName: peer.claims.name });
    return {};
  },
  lock: ({ room, peer }, { isLocked }) => {
    peer.require('lock');
    room.lock(isLocked, peer);
    return {};
  },
  raiseHand: ({ room, peer }, { isUp }) => {
    if (peer.hasHandUp === isUp) return {};
    peer.hasHandUp = isUp;
    room.tellChanged(peer);
    room.log.later((tx) => store.changeSeat(tx, peer.id, { hasHandUp: isUp }));
    return {};
  },
  chat: async ({ room, peer }, word) => {
    peer.require('chat');
    return { seq: await room.log.chat(peer.author, word) };
  },
  missed: async ({ room, peer }, { afterSeq }) => {
    const { entries, isWhole } = await room.log.after(afterSeq);
    return { entries: entries.map((entry) => entryFor(peer, entry)), isWhole };
  },
  record: async ({ room, peer }, { isOn, consentNote }) => {
    peer.require('record');
    if (isOn && consentNote.trim() === '') throw new HubError('consent-missing', { field: 'consentNote' });
    await room.tape.set(isOn, peer, consentNote);
    return {};
  },
  end: async ({ room, peer }) => {
    peer.require('end');
    await room.end();
    return {};
  },
} satisfies Partial<Handlers>;

const picture = {
  takeLead: ({ room, peer }) => {
    peer.require('lead');
    room.setLead(peer);
    return {};
  },
  giveLead: ({ room, peer }, { peerId }) => {
    if (room.lead !== peer && peer.claims.role !== 'chair') throw new HubError('forbidden', { act: 'lead' });
    const to = room.peer(peerId);
    to.require('lead');
    if (!to.isHere) throw new HubError('wrong-state', { presence: 'away' });
    room.setLead(to);
    return {};
  },
  changeView: ({ room, peer }, { patch }) => {
    peer.require('lead');
    if (room.lead !== peer) throw new HubError('wrong-state', { reason: 'another leads' });
    return { revision: room.picture.change(patch) };
  },
  point: ({ room, peer }, { cursor }) => {
    peer.require('mark');
    const others = { except: peer, if: (other: Peer) => other.may('view'), isVolatile: true };
    room.tellAll('cursor', { peerId: peer.id, cursor }, others);
    return {};
  },
  mark: ({ room, peer }, { mark }) => {
    peer.require('mark');
    const placed = room.picture.mark(mark, peer.author, room.now);
    room.tellAll('marked', placed, { if: (other) => other.may('view') });
    room.log.note({ kind: 'marked', mark }, peer.author);
    return {};
  },
  unmark: ({ room, peer }, { id }) => {
    peer.require('mark');
    if (!room.picture.unmark(id, peer.claims.seatId, peer.claims.role === 'chair')) return {};
    room.tellAll('unmarked', { id });
    room.log.note({ kind: 'unmarked', id }, peer.author);
    return {};
  },
} satisfies Partial<Handlers>;

export const handlers: Handlers = { ...media, ...people, ...picture };
