import { ChangeEvent } from '@lianzhen/contracts/events.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { openQueue } from '@lianzhen/platform/queues.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Queue } from 'bullmq';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { logIn } from '../../server/api/identity/log-in.ts';
import { Relay } from '../../workers/relay/relay.ts';
import type { GivenAccount } from './callers.ts';
import type { Edge } from './edge.ts';
import { browser, password } from './people.ts';
import type { TestRedis } from './redis.ts';

/** The relay as `workers/main.ts` starts it, with three of its queues, in this process. */
export function withRelay(database: { readonly db: Db }, redis: TestRedis) {
  let relay: Relay;
  let speaker: Server;
  let queues = new Map<string, Queue>();
  beforeAll(() => {
    // A server on no port, which speaks to the rooms of the others.
    speaker = new Server({ adapter: createAdapter(redis.connect('sockets'), { streamName: 'lianzhen:socket.io' }) });
    queues = new Map(
      ['imaging', 'delivery', 'patients'].map((name) => [name, openQueue(name, redis.connect('queue'))]),
    );
    relay = new Relay(database.db, queues, speaker, createLog('test', 'silent'));
    relay.start();
  });
  afterAll(async () => {
    await relay.close();
    await Promise.all([...queues.values()].map((queue) => queue.close()));
    speaker.of('/').adapter.close();
  });
  return {
    get queues(): ReadonlyMap<string, Queue> {
      return queues;
    },
    tell: (id: string, facilityIds: string[], accountIds?: string[]) =>
      database.db.transaction((tx) => emit(tx, { topic: 'order', id, revision: 1, facilityIds, accountIds })),
  };
}

/** Sockets at an edge, closed after each test. */
export function livePages(edge: Edge) {
  const opened: Socket[] = [];
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });
  const open = (headers: Record<string, string>, transports = ['websocket']): Socket => {
    const socket = connect(edge.url, { extraHeaders: headers, transports, reconnection: false, forceNew: true });
    opened.push(socket);
    return socket;
  };
  /** A page of somebody who is logged in, and what it has heard. */
  const page = async (account: GivenAccount) => {
    const at = browser();
    await logIn(edge.deps, at.ctx, { username: account.username, password });
    const socket = open({ cookie: `lianzhen_session=${at.jar.token}` });
    const heard: ChangeEvent[] = [];
    socket.on('changed', (event: unknown) => heard.push(ChangeEvent.parse(event)));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return { socket, heard, ctx: await at.next(edge.deps) };
  };
  return { open, page };
}
