import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type RoomEntry, roomSocketPath, type SeatRole, type SignalValue } from '@lianzhen/contracts/room-signals.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signJoinToken } from '../../server/api/consultation/join-token.ts';
import { emptyLog, hearEntry, hearMissed } from '../../web/call/entry-log.ts';
import { openLine } from '../factories/line.ts';
import { acceptConsultation, askConsultation } from '../factories/open-consultation.ts';
import { type FaultHub, missing, startFaultHub } from './fault-hub.ts';

/** Somebody in a room who comes back by himself, as a page does. */
interface Person {
  joined(): SignalValue<'join'>;
  texts(): string[];
  /** Whether something was heard, and what came before it was not. */
  hasGap(): boolean;
  /** Says it until it is acknowledged; the number of the entry. */
  say(text: string): Promise<number>;
  close(): void;
}

/** Processes die while people talk; the tests are one story on one hub. */
describe('kill -9 in the middle of a session', { timeout: 120_000 }, () => {
  let given: FaultHub;
  let expert: Person;
  let doctor: Person;
  const people: Person[] = [];
  let consultationId: string;

  beforeEach(({ skip }) => skip(missing !== undefined, missing));
  beforeAll(async () => {
    if (missing) return;
    given = await startFaultHub('rooms');
    const asked = await askConsultation(await openLine(given.hub.url));
    await acceptConsultation(asked);
    consultationId = asked.id;
    expert = await enter('expert');
    doctor = await enter('requester');
  }, 120_000);
  afterAll(async () => {
    for (const one of people) one.close();
    if (missing) return;
    expect(await given?.stop(), 'processes that outlived their hub').toEqual([]);
  }, 60_000);

  async function enter(role: SeatRole): Promise<Person> {
    const config = readConfig(given.env);
    const seatId = randomUUID();
    const claims = { consultationId, nodeId: 'node-1', accountId: null, seatId, role, name: role, facilityName: '' };
    let log = emptyLog;
    let socket: Socket | undefined;
    let joined: SignalValue<'join'> | undefined;
    let isClosed = false;
    const hear = (entry: RoomEntry) => {
      log = hearEntry(log, entry).log;
    };
    const connect = async (): Promise<void> => {
      const token = await signJoinToken({ config, clock: systemClock }, claims);
      const next = io(given.hub.url, {
        path: roomSocketPath('node-1'),
        auth: { token, resumeSecret: joined?.resumeSecret },
        transports: ['websocket'],
        reconnection: false,
        timeout: 2000,
      });
      next.on('entry', hear);
      await new Promise((resolve, reject) =>
        next.once('connect', () => resolve(undefined)).once('connect_error', reject),
      );
      const input = {
        afterSeq: log.lastSeq,
        ...(joined ? { resumeSecret: joined.resumeSecret, keepsMedia: true } : {}),
      };
      const answer = await next.timeout(3000).emitWithAck('join', input);
      if (!answer.ok) throw new Error(answer.error.code);
      joined = answer.value as SignalValue<'join'>;
      // What was told meanwhile may have been heard before the answer.
      log = hearMissed(log, { entries: joined.room?.entries ?? [], isWhole: true });
      socket = next;
      next.once('disconnect', () => void comeBack());
    };
    const comeBack = async (): Promise<void> => {
      while (!isClosed) {
        if (
          await connect().then(
            () => true,
            () => false,
          )
        )
          return;
        await wait(200);
      }
    };
    await comeBack();
    const person: Person = {
      joined: () => joined as SignalValue<'join'>,
      texts: () => log.entries.flatMap(({ what }) => (what.kind === 'chat' ? [what.text] : [])),
      hasGap: () => log.early.length > 0,
      say: async (text) => {
        const id = randomUUID();
        for (;;) {
          const answer = await socket
            ?.timeout(2000)
            .emitWithAck('chat', { id, text })
            .catch(() => undefined);
          if (answer?.ok) return answer.value.seq as number;
          await wait(100);
        }
      },
      close: () => {
        isClosed = true;
        socket?.disconnect();
      },
    };
    people.push(person);
    return person;
  }

  test.each(['sfu', 'http', 'postgres', 'redis'])(
    'killed: %s; people are back with their seats, and no word is lost or doubled',
    async (name) => {
      const seats = people.map((one) => one.joined().peerId);
      const said = expert.texts().length;
      const words = Array.from({ length: 20 }, (_, n) => `${name} ${n}`);
      const talking = Promise.all(
        words.map(async (text, n) => {
          await wait(n * 100);
          return (n % 2 ? expert : doctor).say(text);
        }),
      );
      await wait(600);
      const began = Date.now();
      given.hub.kill(name, 'SIGKILL');
      await talking;
      console.log(`${name}: every word said within ${Date.now() - began} ms of the kill`);
      for (const one of people) {
        await expect.poll(() => one.texts().slice(said).sort(), { timeout: 30_000 }).toEqual([...words].sort());
        expect(one.hasGap()).toBe(false);
      }
      expect(people.map((one) => one.joined().peerId)).toEqual(seats);
      await given.hub.untilReady(60_000);
    },
  );
});
