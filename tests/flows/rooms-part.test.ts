import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { declineInvitation } from '../../server/api/consultation/decline-invitation.ts';
import { inviteGuest, revokeGuest } from '../../server/api/consultation/invite-guest.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount } from '../factories/callers.ts';
import {
  accepted,
  type ConsultingRegion,
  consultingRegion,
  givenExpert,
  invitationOf,
  live,
} from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const given = givenIn(database);
const node = withRoomNode(database, withRedis(), { times: { aliveMs: 200 } });
const deps = deskDeps(database);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, given);
});
const patience = { timeout: 30_000 };

/** Logged in, and at his own seat. */
async function seated(consultationId: string, { accountId }: GivenAccount, role: 'chair' | 'expert' | 'requester') {
  const expiresAt = new Date(node.clock.now().getTime() + 3_600_000);
  await database.db.session.create({ data: { tokenHash: randomUUID(), accountId, expiresAt } });
  return node.sit({ consultationId, role, accountId, seatId: accountId });
}

test('a guest whose invitation is taken back goes, from the lobby or the room, and does not come back', async () => {
  const { id } = await live(deps, region);
  const doctor = await seated(id, region.doctor, 'requester');
  const invite = () => inviteGuest(deps, ctxFor(region.doctor), { id, name: '张伟', relation: '儿子', role: 'guest' });
  const [within, waiting, kept] = [await invite(), await invite(), await invite()];
  const guests = await Promise.all(
    [within, waiting, kept].map(({ id: seatId }) => node.sit({ consultationId: id, role: 'guest', seatId })),
  );
  const [inside, outside, other] = guests;
  for (const guest of [inside, other]) await doctor.ask('admit', { peerId: guest?.joined?.peerId ?? '' });
  for (const { id: guestId } of [within, waiting]) await revokeGuest(deps, ctxFor(region.doctor), { id, guestId });
  for (const guest of [inside, outside])
    await expect.poll(() => guest?.all('closed').at(-1), patience).toMatchObject({ reason: 'removed' });
  expect(other?.all('closed')).toEqual([]);
  const { token, joined } = inside ?? {};
  const again = { consultationId: id, seatId: within.id, role: 'guest', token, resumeSecret: joined?.resumeSecret };
  await expect(node.sit(again as never)).rejects.toMatchObject({ code: 'forbidden', details: { reason: 'removed' } });
});

test('a facility that declines while the session runs leaves the room with all its people; the others stay', async () => {
  const second = await given.facility({ level: 'city' });
  await given.agreement({ from: region.township, to: second, kind: 'pairing', lines: ['consultation'] });
  const guestExpert = await givenExpert(database, { facility: second, name: '韩专家' });
  const invitees = [
    { facilityId: region.paired.id, expertId: region.first.accountId },
    { facilityId: second.id, expertId: guestExpert.accountId },
  ];
  const view = await live(deps, region, { invitees });
  await accepted(deps, guestExpert, view);
  const staying = await seated(view.id, region.first, 'chair');
  const going = await seated(view.id, guestExpert, 'expert');
  const invitationId = invitationOf(view, guestExpert.accountId);
  await declineInvitation(deps, ctxFor(guestExpert), { id: view.id, invitationId, reason: '急诊手术' });
  await expect.poll(() => going.all('closed').at(-1), patience).toMatchObject({ reason: 'removed' });
  expect(staying.all('closed')).toEqual([]);
  const again = node.sit({
    ...{ consultationId: view.id, seatId: guestExpert.accountId, accountId: guestExpert.accountId, role: 'expert' },
    ...{ token: going.token, resumeSecret: going.joined?.resumeSecret ?? '' },
  });
  await expect(again).rejects.toMatchObject({ code: 'forbidden' });
});

test('a session that begins anew has a clock of its own', async () => {
  const consultationId = randomUUID();
  const first = await node.sit({ consultationId, role: 'chair' });
  const before = Date.parse(first.joined?.room?.startedAt ?? '');
  await first.ask('end', {});
  node.clock.advance(3_600_000);
  const second = await node.sit({ consultationId, role: 'chair' });
  expect(Date.parse(second.joined?.room?.startedAt ?? '') - before).toBeGreaterThanOrEqual(3_600_000);
});
