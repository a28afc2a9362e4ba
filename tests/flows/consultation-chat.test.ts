import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { readChat } from '../../server/api/consultation/read-chat.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { codeOf } from '../factories/refusals.ts';
import { givenIn } from '../factories/region.ts';
import { withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const node = withRoomNode(database, withRedis());
const deps = deskDeps(database);
let region: ConsultingRegion;
beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
});

test('what was written in the room is read with the case, by its parties alone, and the look is in the trail', async () => {
  const { id } = await live(deps, region);
  expect(await readChat(deps, ctxFor(region.doctor), { id })).toEqual({ lines: [], isWhole: true });

  const expert = await node.sit({ consultationId: id, role: 'expert', name: '许专家' });
  const doctor = await node.sit({ consultationId: id, role: 'requester', name: '李医生' });
  await expert.ask('chat', { id: randomUUID(), text: '请看右下叶' });
  await doctor.ask('chat', { id: randomUUID(), text: '<b>看到了</b>\n谢谢' });
  await expert.ask('raiseHand', { isUp: true });
  const { lines } = await readChat(deps, ctxFor(region.first), { id });
  expect(lines.map(({ byName, text, facilityName }) => [byName, text, facilityName])).toEqual([
    ['许专家', '请看右下叶', '镇卫生院'],
    ['李医生', '<b>看到了</b>\n谢谢', '镇卫生院'],
  ]);

  const stranger = await consultingRegion(database, givenIn(database));
  expect(await codeOf(readChat(deps, ctxFor(stranger.doctor), { id }))).toBe('not-found');
  const looks = await database.db.auditEntry.findMany({ where: { action: 'consultation.chatRead', objectId: id } });
  expect(looks.map(({ actorId }) => actorId).toSorted()).toEqual(
    [region.doctor.accountId, region.first.accountId].toSorted(),
  );
});
