import { connectDb } from '@lianzhen/db/client.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { beat } from '@lianzhen/platform/health.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { openBlobs } from '@lianzhen/platform/open-blobs.ts';
import { consumeQueue, type JobHandler, openQueue } from '@lianzhen/platform/queues.ts';
import { connectRedis, connectSocketStream } from '@lianzhen/platform/redis.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Server } from 'socket.io';
import type { WorkerDeps } from './deps.ts';
import { queues, sweepSteps } from './handlers.ts';
import { keepSweeping } from './keep-sweeping.ts';
import { Relay } from './relay/relay.ts';

const config = readConfig();
const log = createLog('workers', config.LOG_LEVEL);
const life = new Lifecycle(log);
life.endWithProcess();

const db = connectDb(config.DATABASE_URL, config.DATABASE_POOL);
life.opened('database', () => db.close());
const redis = connectRedis(config.REDIS_URL, log, 'queue');
life.opened('redis', () => redis.disconnect());
const streams = connectSocketStream(config.REDIS_URL, log);
life.opened('socket stream', () => streams.disconnect());
const blobs = await openBlobs(config);
life.opened('blobs', () => blobs.close());
const deps: WorkerDeps = { config, log, db, blobs, clock: systemClock };

// Never attached to a port: it only speaks to the rooms of the http processes through the stream.
const io = new Server({ adapter: createAdapter(streams, { streamName: 'lianzhen:socket.io', maxLen: 10_000 }) });
// Only this process's part of the stream: to disconnect sockets would disconnect those of every other process.
life.opened('sockets', () => io.of('/').adapter.close());

const open = new Map(queues.map(({ name }) => [name, openQueue(name, redis)]));
for (const [name, queue] of open) life.opened(`queue ${name}`, () => queue.close());
const relay = new Relay(db, open, io, log);
relay.start();
life.opened('relay', () => relay.close());
life.opened('sweeper', keepSweeping(deps, sweepSteps));

const workers = queues.map(({ name, concurrency, handlers }) => {
  // A blocking connection of its own for each: BullMQ's consumers wait on theirs.
  const connection = connectRedis(config.REDIS_URL, log, 'queue');
  life.opened(`connection ${name}`, () => connection.disconnect());
  const bound = handlers.map(
    ({ job, handle }) => [job, ((payload, context) => handle(deps, payload as never, context)) as JobHandler] as const,
  );
  const worker = consumeQueue(name, new Map(bound), connection, log, concurrency);
  life.opened(`consumer ${name}`, () => worker.close());
  return worker;
});
life.opened(
  'heartbeat',
  beat(redis, 'queue-consumers', () => workers.every((worker) => worker.isRunning())),
);
log.info({ count: workers.length }, 'workers consume');
