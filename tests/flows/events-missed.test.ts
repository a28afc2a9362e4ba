import { type ChangeEvent, MissedAnswer } from '@lianzhen/contracts/events.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import type { Socket } from 'socket.io-client';
import { beforeEach, describe, expect, test } from 'vitest';
import { followStreams } from '../../web/api/streams.ts';
import { forgetEvents } from '../../workers/relay/forget-events.ts';
import type { GivenAccount, GivenFacility } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { livePages, withRelay } from '../factories/live-pages.ts';
import { someoneWithPassword } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const given = givenIn(database);
const redis = withRedis();
const edge = withEdge(database, redis);
const { tell } = withRelay(database, redis);
const { page } = livePages(edge);

let house: GivenFacility;
let neighbour: GivenFacility;
let doctor: GivenAccount;
let stranger: GivenAccount;
beforeEach(async () => {
  [house, neighbour] = [await given.facility(), await given.facility()];
  doctor = await someoneWithPassword(database, given, { facility: house, roles: ['requesting-doctor'] });
  stranger = await someoneWithPassword(database, given, { facility: neighbour, roles: ['requesting-doctor'] });
});

describe('a page that lost its socket', () => {
  const askMissed = async ({ socket }: { socket: Socket }, heard: Record<string, number>, sinceMs = 0) =>
    MissedAnswer.parse(await socket.timeout(5000).emitWithAck('missed', { heard, sinceMs }));
  const told = (count: number) => expect.poll(() => database.db.streamEvent.count()).toBe(count);
  const ids = ({ events }: MissedAnswer) => events.map(({ id }) => id);
  let own: string;
  let person: string;
  beforeEach(async () => {
    await database.db.streamEvent.deleteMany();
    [own, person] = [`facility:${house.id}`, `account:${doctor.accountId}`];
  });

  test('gets exactly what it missed, in its order, and nothing of others', async () => {
    const before = await page(doctor);
    await tell('heard', [house.id]);
    await expect.poll(() => before.heard.length).toBe(1);
    const streams = followStreams();
    streams.settle(await askMissed(before, {}));
    before.socket.close();
    await tell('one', [house.id]);
    await tell('not-mine', [neighbour.id]);
    await tell('two', [house.id, neighbour.id], [doctor.accountId]);
    await tell('three', [], [doctor.accountId, stranger.accountId]);
    await told(8);
    const after = await page(doctor);
    const { heard, sinceMs } = streams.question(0);
    expect(heard).toEqual({ [own]: 1, [person]: 0 });
    const answer = await askMissed(after, heard, sinceMs);
    expect(answer).toMatchObject({ isWhole: true, positions: { [own]: 3, [person]: 2 } });
    const of = (name: string) => answer.events.filter(({ stream }) => stream === name).map(({ id }) => id);
    expect([of(own), of(person)]).toEqual([
      ['one', 'two'],
      ['two', 'three'],
    ]);
    expect(answer.events).toHaveLength(4);
    expect(streams.settle(answer)).toEqual(answer.events);
    await tell('live', [house.id]);
    await expect.poll(() => after.heard.length).toBe(1);
    expect(streams.hear(after.heard[0] as ChangeEvent)).toBe('next');
    expect(ids(await askMissed(after, streams.question(0).heard))).toEqual([]);
  });

  test('gets what was said since it began to read, where it has no number yet', async () => {
    await tell('before', [house.id]);
    await told(1);
    await database.db.$executeRaw`UPDATE "StreamEvent" SET "at" = "at" - interval '1 minute'`;
    await tell('while-it-read', [house.id]);
    await told(2);
    const first = await page(doctor);
    expect(ids(await askMissed(first, {}, 30_000))).toEqual(['while-it-read']);
    expect(ids(await askMissed(first, {}, 90_000))).toEqual(['before', 'while-it-read']);
  });

  test('is told to read everything where not all of it is known any more', async () => {
    const at = await page(doctor);
    for (const id of ['gone', 'kept']) await tell(id, [house.id]);
    await told(2);
    expect((await askMissed(at, { [own]: 0, [person]: 0 })).isWhole).toBe(true);
    await database.db
      .$executeRaw`UPDATE "StreamEvent" SET "at" = "at" - interval '61 minutes' WHERE "objectId" = 'gone'`;
    await forgetEvents({ db: database.db, clock: systemClock });
    await told(1);
    expect(await askMissed(at, { [own]: 0, [person]: 0 })).toMatchObject({ isWhole: false, positions: { [own]: 2 } });
    expect((await askMissed(at, { [own]: 1, [person]: 0 })).isWhole).toBe(true);
    // The store was put back to an older state.
    expect((await askMissed(at, { [own]: 3, [person]: 0 })).isWhole).toBe(false);
    expect((await askMissed(at, { [own]: 2 }, 7_200_000)).isWhole).toBe(false);
  });

  test('hears nothing of another’s streams however it asks, and no answer to what is no question', async () => {
    const at = await page(doctor);
    await tell('not-mine', [neighbour.id], [stranger.accountId]);
    await told(2);
    const answer = await askMissed(
      at,
      { [`facility:${neighbour.id}`]: 0, [`account:${stranger.accountId}`]: 0 },
      60_000,
    );
    expect(answer.events).toEqual([]);
    expect(Object.keys(answer.positions).sort()).toEqual([person, own].sort());
    for (const question of [undefined, 'all', { heard: { x: -1 }, sinceMs: 0 }, { heard: [], sinceMs: 'ever' }])
      await expect(at.socket.timeout(300).emitWithAck('missed', question)).rejects.toThrow();
    at.socket.emit('missed', { heard: {}, sinceMs: 0 });
    expect(at.socket.connected).toBe(true);
  });
});
