import { randomUUID } from 'node:crypto';
import type { SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { type SitOptions, withRoomNode } from '../factories/room-node.ts';
import { openTransports, rtpOf, startSending } from '../factories/room-streams.ts';

const database = withDatabase();
const redis = withRedis();
const met: string[] = [];
const node = withRoomNode(database, redis, {
  times: { lookedMs: 60, keptMs: 50 },
  facts: {
    sessionStarted: async (id) => void met.push(`started ${id}`),
    sessionEnded: async (id) => void met.push(`ended ${id}`),
  },
});
const { sit } = node;

let consultationId: string;
beforeEach(() => {
  consultationId = randomUUID();
});
const here = (role: SeatRole, more: SitOptions = {}) => sit({ consultationId, role, ...more });

describe('coming in', () => {
  test('everybody sees who is there, and the case hears that both sides have met', async () => {
    const doctor = await here('requester');
    const expert = await here('expert', { name: '王主任' });
    expect(expert.joined).toMatchObject({ admission: 'in', room: { you: { name: '王主任' }, leadPeerId: null } });
    expect(expert.joined?.room?.peers.map(({ peerId }) => peerId)).toEqual([doctor.joined?.peerId]);
    await expect.poll(() => doctor.all('peerJoined')).toHaveLength(1);
    expect(doctor.joined?.room?.you.colour).not.toBe(expert.joined?.room?.you.colour);
    await expect.poll(() => met).toContain(`started ${consultationId}`);
    await expect
      .poll(() => doctor.all('entry').map(({ seq, what }) => [seq, what.kind]))
      .toEqual([
        [1, 'joined'],
        [2, 'joined'],
      ]);
  });

  test('patients and guests wait until somebody lets them in', async () => {
    const chair = await here('chair');
    const guest = await here('guest');
    expect(guest.joined).toMatchObject({ admission: 'lobby', room: null });
    await expect(guest.ask('createTransport', { direction: 'send' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(guest.ask('chat', { id: randomUUID(), text: '?' })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect.poll(() => chair.all('lobby').at(-1)).toHaveLength(1);
    const { peerId } = guest.joined ?? { peerId: '' };
    await expect(guest.raw('admit', { peerId })).resolves.toMatchObject({ ok: false, error: { code: 'wrong-state' } });
    await chair.ask('admit', { peerId });
    await expect.poll(() => guest.all('admitted')).toMatchObject([{ you: { peerId }, marks: [] }]);
    await expect.poll(() => chair.all('lobby').at(-1)).toEqual([]);
    const patient = await here('patient');
    await chair.ask('refuse', { peerId: patient.joined?.peerId ?? '', reason: 'another time' });
    await expect.poll(() => patient.all('closed')).toMatchObject([{ reason: 'refused', text: 'another time' }]);
    await expect.poll(() => patient.socket.connected).toBe(false);
    // Once let in, a guest who comes back does not wait again.
    guest.socket.disconnect();
    const again = await here('guest', { seatId: guest.claims.seatId });
    expect(again.joined).toMatchObject({ admission: 'in', peerId });
  });

  test('a locked room takes nobody new; whoever was removed does not come back with his token', async () => {
    const chair = await here('chair');
    const doctor = await here('requester');
    await expect(doctor.ask('lock', { isLocked: true })).rejects.toMatchObject({ code: 'forbidden' });
    await chair.ask('lock', { isLocked: true });
    await expect(here('observer')).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'locked' } });
    const back = await here('requester', { seatId: doctor.claims.seatId });
    await expect.poll(() => doctor.all('closed')).toMatchObject([{ reason: 'replaced' }]);
    await chair.ask('remove', { peerId: back.joined?.peerId ?? '', reason: 'wrong patient' });
    await expect.poll(() => back.all('closed')).toMatchObject([{ reason: 'removed', text: 'wrong patient' }]);
    await chair.ask('lock', { isLocked: false });
    const token = { token: back.token, seatId: doctor.claims.seatId, resumeSecret: back.joined?.resumeSecret };
    await expect(here('requester', token)).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'removed' } });
    await expect.poll(() => chair.all('peerLeft')).toMatchObject([{ reason: 'removed' }]);
  });

  test('the end is for everyone; an old token does not open the room again, a new one does', async () => {
    const [expert, doctor] = [await here('expert'), await here('requester')];
    await expert.ask('takeLead', {});
    await expect(doctor.ask('end', {})).rejects.toMatchObject({ code: 'forbidden' });
    await expert.ask('end', {});
    await expect.poll(() => doctor.all('closed')).toMatchObject([{ reason: 'ended' }]);
    expect(met).toContain(`ended ${consultationId}`);
    const old = { token: doctor.token, seatId: doctor.claims.seatId, resumeSecret: doctor.joined?.resumeSecret };
    await expect(here('requester', old)).rejects.toMatchObject({ code: 'wrong-state', details: { reason: 'ended' } });
    node.clock.advance(2000);
    expect(await here('requester')).toMatchObject({ joined: { admission: 'in' } });
    const stillThere = () => database.db.roomAttendance.count({ where: { consultationId, until: null } });
    await expect.poll(stillThere).toBe(1);
    // Whoever was still there when the others went has not led.
    expect(await database.db.roomEntry.count({ where: { consultationId, kind: 'lead' } })).toBe(1);
  });
});

describe('words', () => {
  test('are numbered without a gap, kept before they are told, and once though sent twice', async () => {
    const [expert, doctor] = [await here('expert'), await here('requester')];
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const asked = ids.flatMap((id, n) =>
      [id, id].map((same) => (n % 2 ? expert : doctor).ask('chat', { id: same, text: `${n}` })),
    );
    const seqs = (await Promise.all(asked)).map(({ seq }) => seq);
    expect(new Set(seqs).size).toBe(8);
    await expect.poll(() => expert.all('entry').filter(({ what }) => what.kind === 'chat')).toHaveLength(8);
    for (const one of [expert, doctor]) {
      const told = one.all('entry').map(({ seq }) => seq);
      expect(told).toEqual(Array.from({ length: told.length }, (_, n) => (told[0] ?? 0) + n));
    }
    await expect(expert.ask('chat', { id: ids[0] ?? '', text: 'mine' })).rejects.toMatchObject({
      code: 'already-exists',
    });
    const { entries, isWhole } = await doctor.ask('missed', { afterSeq: 3 });
    expect([entries[0]?.seq, isWhole]).toEqual([4, true]);
    const rows = await database.db.roomEntry.findMany({ where: { consultationId }, orderBy: { seq: 'asc' } });
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, n) => n + 1));
  });

  test('a hand, and a request to mute, reach whom they concern', async () => {
    const [expert, doctor] = [await here('expert'), await here('requester')];
    await doctor.ask('raiseHand', { isUp: true });
    await expect.poll(() => expert.all('peerChanged').at(-1)).toMatchObject({ hasHandUp: true });
    await expert.ask('askMute', { peerId: doctor.joined?.peerId ?? '' });
    await expect.poll(() => doctor.all('muteAsked')).toHaveLength(1);
  });
});

describe('streams', () => {
  test('reach everyone paused, each source once, each request once', async () => {
    const [expert, doctor] = [await here('expert'), await here('requester')];
    const [sends] = [await openTransports(doctor), await openTransports(expert)];
    const { producerId, wanted } = await startSending(doctor, sends.send.id);
    await expect(doctor.ask('produce', wanted)).resolves.toEqual({ producerId });
    const second = { ...wanted, requestId: randomUUID(), rtpParameters: rtpOf('audio') };
    await expect(doctor.ask('produce', second)).rejects.toMatchObject({ code: 'already-exists' });
    await startSending(doctor, sends.send.id, 'camera');
    await expect
      .poll(() =>
        expert
          .all('newConsumer')
          .map(({ source }) => source)
          .sort(),
      )
      .toEqual(['camera', 'microphone']);
    const [audio] = expert.all('newConsumer').filter(({ kind }) => kind === 'audio');
    expect(audio).toMatchObject({ producerId, peerId: doctor.joined?.peerId });
    await expert.ask('resumeConsumer', { consumerId: audio?.consumerId ?? '' });
    await doctor.ask('pauseProducer', { producerId, isPaused: true });
    await expect
      .poll(() => expert.all('consumerPaused'))
      .toContainEqual({ consumerId: audio?.consumerId, isPaused: true, by: 'sender' });
    await doctor.ask('closeProducer', { producerId });
    await expect.poll(() => expert.all('consumerClosed')).toEqual([{ consumerId: audio?.consumerId }]);
    const late = await here('observer');
    await expect(late.ask('produce', wanted)).rejects.toMatchObject({ code: 'forbidden' });
    await openTransports(late);
    await expect.poll(() => late.all('newConsumer').map(({ source }) => source)).toEqual(['camera']);
  });

  test('are fewer when somebody wants less, and everybody sees it', async () => {
    const [expert, doctor] = [await here('expert'), await here('requester')];
    const { send } = await openTransports(doctor);
    await openTransports(expert);
    await startSending(doctor, send.id, 'camera');
    await expect.poll(() => expert.all('newConsumer')).toHaveLength(1);
    const consumerId = expert.all('newConsumer')[0]?.consumerId ?? '';
    await expert.ask('resumeConsumer', { consumerId });
    await expert.ask('setTile', { consumerId, width: 1280 });
    await expert.ask('chooseStep', { most: 'audio' });
    await expect.poll(() => doctor.all('peerChanged').at(-1)).toMatchObject({ step: 'audio', stepReason: 'chosen' });
    await expect.poll(() => expert.all('consumerPaused').at(-1)).toEqual({ consumerId, isPaused: true, by: 'step' });
    await expert.ask('chooseStep', { most: 'full' });
    await expect.poll(() => expert.all('consumerPaused').at(-1)).toEqual({ consumerId, isPaused: false, by: 'step' });
  });
});
