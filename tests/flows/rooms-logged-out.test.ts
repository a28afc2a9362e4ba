import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const node = withRoomNode(database, withRedis(), { times: { aliveMs: 200 } });
let region: Region;
beforeAll(async () => {
  region = await givenIn(database).region();
});

const loggedIn = async (accountId: string) => {
  const tokenHash = randomUUID();
  const expiresAt = new Date(node.clock.now().getTime() + 3_600_000);
  await database.db.session.create({ data: { tokenHash, accountId, expiresAt } });
  return tokenHash;
};

test('whoever is disabled or has logged out everywhere leaves the room and does not come back; the others stay', async () => {
  const consultationId = randomUUID();
  const { doctor, expert, attending } = region;
  const sessions = await Promise.all([doctor, expert, attending].map(({ accountId }) => loggedIn(accountId)));
  const elsewhere = await loggedIn(attending.accountId);
  const seat = (of: { accountId: string }, role: 'requester' | 'expert') =>
    node.sit({ consultationId, role, accountId: of.accountId, seatId: of.accountId });
  const first = await seat(doctor, 'requester');
  const second = await seat(expert, 'expert');
  const third = await seat(attending, 'expert');
  const guest = await node.sit({ consultationId, role: 'observer' });

  await database.db.account.update({ where: { id: doctor.accountId }, data: { disabledAt: node.clock.now() } });
  await expect.poll(() => first.all('closed').at(-1)).toMatchObject({ reason: 'expired' });
  await expect.poll(() => guest.all('peerLeft')).toEqual([{ peerId: first.joined?.peerId, reason: 'expired' }]);

  // The reader is logged in on another machine still; the expert nowhere.
  await database.db.session.deleteMany({ where: { tokenHash: { in: sessions.slice(1) } } });
  await expect.poll(() => second.all('closed').at(-1)).toMatchObject({ reason: 'expired' });
  for (const out of [first, second]) {
    const { claims, token, joined } = out;
    const again = node.sit({ consultationId, seatId: claims.seatId, token, resumeSecret: joined?.resumeSecret });
    await expect(again).rejects.toMatchObject({ code: 'unauthenticated' });
  }
  expect([third.all('closed'), guest.all('closed')]).toEqual([[], []]);

  await database.db.session.deleteMany({ where: { tokenHash: elsewhere } });
  await expect.poll(() => third.all('closed').at(-1)).toMatchObject({ reason: 'expired' });
  expect(guest.all('closed')).toEqual([]);
});
