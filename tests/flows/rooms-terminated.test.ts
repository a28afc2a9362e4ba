import { beforeAll, expect, test } from 'vitest';
import { cancelConsultation, terminateConsultation } from '../../server/api/consultation/end-consultation.ts';
import { readConsultation } from '../../server/api/consultation/read-consultation.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { accepted, type ConsultingRegion, consultingRegion, live, sent } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const redis = withRedis();
const node = withRoomNode(database, redis, { times: { aliveMs: 200 } });
const deps = deskDeps(database);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
});

test('nobody goes on talking in a session that was terminated, and nobody comes back with what he has', async () => {
  const { id } = await live(deps, region);
  const [expert, doctor] = [
    await node.sit({ consultationId: id, role: 'expert' }),
    await node.sit({ consultationId: id, role: 'requester' }),
  ];
  const { revision } = await readConsultation(deps, ctxFor(region.first), { id });
  await terminateConsultation(deps, ctxFor(region.first), { id, revision, reason: '患者病情变化' });
  for (const one of [expert, doctor])
    await expect.poll(() => one.all('closed').at(-1)).toMatchObject({ reason: 'ended' });
  const { seatId } = doctor.claims;
  const again = node.sit({
    ...{ consultationId: id, role: 'requester', seatId, token: doctor.token },
    resumeSecret: doctor.joined?.resumeSecret,
  });
  await expect(again).rejects.toMatchObject({ code: 'wrong-state' });
  expect((await readConsultation(deps, ctxFor(region.first), { id })).state).toBe('terminated');
});

test('who waits in a room whose consultation is taken back is told that it is over', async () => {
  const view = await sent(deps, region);
  await accepted(deps, region.first, view);
  const expert = await node.sit({ consultationId: view.id, role: 'chair' });
  const { revision } = await readConsultation(deps, ctxFor(region.doctor), { id: view.id });
  await cancelConsultation(deps, ctxFor(region.doctor), { id: view.id, revision, reason: '患者已转院' });
  await expect.poll(() => expert.all('closed').at(-1)).toMatchObject({ reason: 'ended' });
});
