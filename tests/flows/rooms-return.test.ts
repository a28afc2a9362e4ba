import { randomUUID } from 'node:crypto';
import type { SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { beforeEach, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { type SitOptions, type Sitting, withRoomNode } from '../factories/room-node.ts';
import { openTransports, startSending } from '../factories/room-streams.ts';

const database = withDatabase();
const redis = withRedis();
const awayMs = 1500;
const node = withRoomNode(database, redis, { times: { awayMs } });

let consultationId: string;
beforeEach(() => {
  consultationId = randomUUID();
});
const here = (role: SeatRole, more: SitOptions = {}) => node.sit({ consultationId, role, ...more });
const back = (one: Sitting, more: SitOptions = {}) =>
  here(one.claims.role, {
    seatId: one.claims.seatId,
    token: one.token,
    resumeSecret: one.joined?.resumeSecret,
    ...more,
  });
const kinds = (one: Sitting) => one.all('entry').map(({ what }) => what.kind);

test('a lost network keeps the seat: the same person, hand, lead and words, and what was missed', async () => {
  const [expert, doctor] = [await here('expert'), await here('requester')];
  await doctor.ask('raiseHand', { isUp: true });
  await doctor.ask('takeLead', {});
  await expect.poll(() => kinds(doctor)).toContain('lead');
  const seq = doctor.all('entry').at(-1)?.seq ?? 0;
  doctor.socket.disconnect();
  await expect
    .poll(() => expert.all('peerChanged').at(-1))
    .toMatchObject({ presence: 'away', stepReason: 'connection' });
  for (const text of ['一', '二', '三']) await expert.ask('chat', { id: randomUUID(), text });
  // Two minutes and a half: the token is long over, the seat's secret stands for it.
  node.clock.advance(150_000);
  const again = await back(doctor, { afterSeq: seq });
  expect(again.joined).toMatchObject({
    peerId: doctor.joined?.peerId,
    resumeSecret: doctor.joined?.resumeSecret,
    mediaKept: false,
    room: { leadPeerId: doctor.joined?.peerId, you: { hasHandUp: true, presence: 'here' } },
  });
  const { entries = [], lastSeq } = again.joined?.room ?? {};
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, n) => seq + 1 + n));
  expect(entries.filter(({ what }) => what.kind === 'chat')).toHaveLength(3);
  expect(lastSeq).toBe(entries.at(-1)?.seq);
  await expect.poll(() => kinds(expert).slice(-1)).toEqual(['back']);
  const rows = await database.db.roomAttendance.findMany({ where: { consultationId, seatId: doctor.claims.seatId } });
  expect(rows.map(({ until }) => until === null).sort()).toEqual([false, true]);
  const [first] = rows.filter(({ until }) => until !== null);
  expect((first?.until?.getTime() ?? 0) - (first?.from.getTime() ?? 0)).toBeLessThan(60_000);
});

test('an expired token is nothing by itself, nor with the secret of a seat that is given up', async () => {
  const [expert, doctor] = [await here('expert'), await here('requester')];
  node.clock.advance(150_000);
  const alone = here('requester', { seatId: doctor.claims.seatId, token: doctor.token });
  await expect(alone).rejects.toMatchObject({ code: 'unauthenticated', details: { reason: 'token-expired' } });
  await expect(back(doctor, { resumeSecret: expert.joined?.resumeSecret })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  await doctor.ask('leave', {});
  await expect.poll(() => kinds(expert)).toContain('left');
  await expect(back(doctor)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('nobody stays as a ghost: the seat is free after its time, and the lead goes on', async () => {
  const [expert, doctor] = [await here('expert'), await here('requester')];
  await doctor.ask('takeLead', {});
  doctor.socket.disconnect();
  await expect
    .poll(() => expert.all('peerLeft'), { timeout: awayMs * 3 })
    .toEqual([{ peerId: doctor.joined?.peerId, reason: 'timeout' }]);
  expect(expert.all('lead').at(-1)).toEqual({ leadPeerId: expert.joined?.peerId });
  await expect.poll(() => kinds(expert).slice(-3)).toEqual(['away', 'left', 'lead']);
});

test('a second window replaces the first one, whose signals do nothing any more', async () => {
  const doctor = await here('requester');
  const second = await back(doctor);
  await expect.poll(() => doctor.all('closed')).toMatchObject([{ reason: 'replaced' }]);
  await expect.poll(() => doctor.socket.connected).toBe(false);
  const { seq } = await second.ask('chat', { id: randomUUID(), text: '在' });
  expect(seq).toBe(2);
});

test('who lost only the socket goes on with his streams; who begins anew has none of the old ones', async () => {
  const [expert, doctor] = [await here('expert'), await here('requester')];
  const [sends] = [await openTransports(doctor), await openTransports(expert)];
  const { producerId } = await startSending(doctor, sends.send.id);
  await expect.poll(() => expert.all('newConsumer')).toHaveLength(1);
  expert.socket.disconnect();
  await startSending(doctor, sends.send.id, 'camera');
  const again = await back(expert, { keepsMedia: true });
  expect(again.joined?.mediaKept).toBe(true);
  await expect
    .poll(() =>
      again
        .all('newConsumer')
        .map(({ source }) => source)
        .sort(),
    )
    .toEqual(['camera', 'microphone']);
  const restarted = await doctor.ask('restartIce', { transportId: sends.send.id });
  expect(restarted.iceParameters).not.toEqual(sends.send.iceParameters);
  const anew = await back(doctor);
  expect(anew.joined).toMatchObject({ mediaKept: false, room: { you: { sources: [] } } });
  await expect.poll(() => again.all('consumerClosed')).toHaveLength(2);
  const next = await openTransports(anew);
  expect((await startSending(anew, next.send.id)).producerId).not.toBe(producerId);
  await expect.poll(() => again.all('newConsumer')).toHaveLength(3);
});

test('a worker that dies takes the media of its own people, who come back by themselves', async () => {
  // Who was here before has left, or his worker would be taken for theirs.
  await expect.poll(() => node.node.workers().map(({ consumers }) => consumers)).toEqual([0, 0]);
  const [expert, doctor] = [await here('expert'), await here('requester')];
  const sends = await openTransports(doctor);
  await openTransports(expert);
  await startSending(doctor, sends.send.id);
  await expect.poll(() => expert.all('newConsumer')).toHaveLength(1);
  const busy = node.node.workers().find(({ consumers }) => consumers > 0);
  // Placed where there is less to do: on the other one.
  const bystander = await node.sit({ role: 'expert' });
  await openTransports(bystander);
  if (!busy) throw new Error('no worker carries the room');
  process.kill(busy.pid, 'SIGKILL');
  for (const one of [expert, doctor])
    await expect.poll(() => one.all('closed')).toMatchObject([{ reason: 'media-lost' }]);
  const returned = await back(doctor);
  const listener = await back(expert);
  const { send } = await openTransports(returned);
  await openTransports(listener);
  await startSending(returned, send.id);
  await expect.poll(() => listener.all('newConsumer')).toHaveLength(1);
  expect(bystander.all('closed')).toEqual([]);
  await expect(bystander.ask('createTransport', { direction: 'send' })).resolves.toBeTruthy();
  await expect.poll(() => node.node.workers()).toHaveLength(2);
});
