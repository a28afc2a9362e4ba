import type { PeerView, RoomSnapshot } from '@lianzhen/contracts/room-signals.ts';
import { emptyView } from '@lianzhen/contracts/shared-view.ts';
import { expect, test } from 'vitest';
import { applyNotice, enterRoom, isFact } from './apply-notice.ts';
import { emptyRoom } from './room-state.ts';

const peer = (peerId: string, more: Partial<PeerView> = {}): PeerView => ({
  peerId,
  seatId: `seat-${peerId}`,
  name: peerId,
  facilityName: '',
  role: 'expert',
  colour: '#ffffff',
  hasHandUp: false,
  presence: 'here',
  sources: [],
  step: 'full',
  stepReason: 'good',
  ...more,
});
const snapshot: RoomSnapshot = {
  consultationId: 'c',
  you: peer('me'),
  peers: [peer('me'), peer('a')],
  isLocked: false,
  isRecording: true,
  leadPeerId: 'a',
  view: { ...emptyView, revision: 7 },
  marks: [],
  lastSeq: 0,
  entries: [],
  startedAt: '2026-11-22T06:00:00Z',
};
const inside = enterRoom(emptyRoom, snapshot);
const ids = (state: typeof inside | 'gap') => (state === 'gap' ? state : state.peers.map(({ peerId }) => peerId));

test('who comes in has everything at once, and does not find himself among the others', () => {
  expect(inside).toMatchObject({ isRecording: true, leadPeerId: 'a', view: { revision: 7 } });
  expect(ids(inside)).toEqual(['a']);
});

test('coming back leaves no ghost and no double', () => {
  const again = applyNotice.peerJoined(inside, peer('a', { hasHandUp: true }));
  expect(ids(again)).toEqual(['a']);
  expect(ids(enterRoom(inside, { ...snapshot, peers: [peer('me')] }))).toEqual([]);
});

test('a change of oneself is one’s own, a change of an unknown person is that person', () => {
  expect(applyNotice.peerChanged(inside, peer('me', { step: 'audio' }))).toMatchObject({ you: { step: 'audio' } });
  expect(ids(applyNotice.peerChanged(inside, peer('b')))).toEqual(['a', 'b']);
});

test('who leaves speaks no more', () => {
  const loud = applyNotice.speakers(inside, [{ peerId: 'a', level: -30 }]);
  expect(loud).toMatchObject({ speakers: ['a'] });
  expect(applyNotice.peerLeft(loud === 'gap' ? inside : loud, { peerId: 'a', reason: '' })).toMatchObject({
    peers: [],
    speakers: [],
  });
});

test('a patch in turn is applied, a known one is not, a lost one is noticed', () => {
  const next = applyNotice.view(inside, { revision: 8, patch: { layout: '1x2' } });
  expect(next).toMatchObject({ view: { revision: 8, layout: '1x2' } });
  expect(applyNotice.view(inside, { revision: 7, patch: { layout: '2x2' } })).toBe(inside);
  expect(applyNotice.view(inside, { revision: 9, patch: { layout: '2x2' } })).toBe('gap');
});

test('what has to do with media or entries is not decided here', () => {
  expect(isFact('newConsumer')).toBe(false);
  expect(isFact('peerLeft')).toBe(true);
});
