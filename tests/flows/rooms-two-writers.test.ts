import { randomUUID } from 'node:crypto';
import { createLog } from '@lianzhen/platform/log.ts';
import { expect, test } from 'vitest';
import { openEntryLog } from '../../server/api/consultation/rooms/entry-log.ts';
import { openRoom } from '../../server/api/consultation/rooms/store.ts';
import { deskDeps } from '../factories/asking.ts';
import { consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const desk = deskDeps(database);

test('what a room that broke had under way is told by the one after it, in its turn', async () => {
  const { id } = await live(desk, await consultingRegion(database, given));
  await openRoom(database.db, id, desk.clock.now());
  const deps = { db: desk.db, clock: desk.clock, log: createLog('test', 'silent') };
  const told: [string, number][] = [];
  const open = (name: string) =>
    openEntryLog(
      deps,
      id,
      0,
      ({ seq }) => told.push([name, seq]),
      () => undefined,
    );
  // Both begin where nothing was said: the second was opened before the first had written its last words.
  const [broken, next] = [open('broken'), open('next')];
  const say = (log: typeof next, text: string) =>
    log.chat({ peerId: randomUUID(), seatId: randomUUID(), name: '李医生' }, { id: randomUUID(), text });
  expect([await say(broken, '一'), await say(broken, '二')]).toEqual([1, 2]);
  expect(await say(next, '三')).toBe(3);
  expect(told.filter(([name]) => name === 'next').map(([, seq]) => seq)).toEqual([1, 2, 3]);
  expect(next.lastSeq).toBe(3);
});
