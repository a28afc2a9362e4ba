import { beforeAll, expect, test } from 'vitest';
import { signOpinion } from '../../server/api/consultation/sign-opinion.ts';
import { saveOpinion } from '../../server/api/consultation/write-opinion.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const node = withRoomNode(database, withRedis(), { times: { aliveMs: 200 } });
const deps = deskDeps(database);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
});

test('everybody in the room hears that the opinion was signed, though nobody says a word after it', async () => {
  const { id } = await live(deps, region);
  const doctor = await node.sit({ consultationId: id, role: 'requester' });
  const expert = await node.sit({ consultationId: id, role: 'expert' });
  const text = { findings: '右下肺结节。', opinion: '考虑周围型肺癌。', advice: '' };
  const { revision } = await saveOpinion(deps, ctxFor(region.first), { id, revision: 1, ...text });
  await signOpinion(deps, ctxFor(region.first), { id, revision });
  for (const one of [doctor, expert]) {
    const signed = () => one.all('entry').filter(({ what }) => what.kind === 'opinion');
    await expect.poll(signed).toMatchObject([{ what: { versionNumber: 1 } }]);
  }
  // Numbers go on behind it, and it is not told again.
  await expert.ask('chat', { id: crypto.randomUUID(), text: '已签署' });
  const numbers = () => doctor.all('entry').map(({ seq }) => seq);
  await expect.poll(() => doctor.all('entry').at(-1)).toMatchObject({ what: { kind: 'chat' } });
  expect(numbers()).toEqual(numbers().map((_, at) => (numbers()[0] ?? 0) + at));
});
