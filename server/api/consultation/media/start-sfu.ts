import { createServer } from 'node:http';
import { beat } from '@lianzhen/platform/health.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { registry } from '@lianzhen/platform/metrics.ts';
import type { Deps } from '../../deps.ts';
import { keepNode } from '../media-nodes.ts';
import { type Recordings, recordRoom } from '../recording/record-room.ts';
import { sessionEnded, sessionStarted } from '../room-facts.ts';
import { openGateway } from '../rooms/gateway.ts';
import { type RoomFacts, roomTimes } from '../rooms/room-deps.ts';
import { openRooms } from '../rooms/room-directory.ts';
import { MediaPool } from './media-pool.ts';
import type { MediaWorker } from './media-worker.ts';
import { answerProbe } from './probe-door.ts';
import { ProbeRoom } from './probe-room.ts';

/** The media node: its workers, its rooms, and the small server on which the http role reaches their sockets. */
export async function startSfu(
  deps: Deps,
  life: Lifecycle,
  facts: RoomFacts = factsOf(deps),
  times = roomTimes,
): Promise<MediaNodeAddress> {
  const { config, log, redis } = deps;
  const pool = new MediaPool(config, log);
  await pool.open();
  life.opened('media workers', () => pool.close());
  const recordings: Recordings = { begin: (consultationId, by) => recordRoom(deps, consultationId, by) };
  const rooms = openRooms({ ...deps, pool, facts, recordings, times }, redis);
  const probes = new ProbeRoom(probeSeat(pool));
  const http = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (req, res) => {
    if (answerProbe(deps, probes, req, res)) return;
    if (req.url !== '/metrics') return void res.writeHead(404).end();
    void registry.metrics().then((text) => res.writeHead(200, { 'content-type': registry.contentType }).end(text));
  });
  const io = openGateway(http, { ...deps, pool, facts, recordings, times }, rooms);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(config.HUB_MEDIA_PORT, config.HUB_MEDIA_HOST, resolve);
  });
  life.opened('rooms', async () => {
    probes.close();
    await rooms.close();
    io.disconnectSockets(true);
    await io.close();
  });
  const { port } = http.address() as { port: number };
  const url = config.HUB_MEDIA_URL ?? `http://${config.HUB_MEDIA_HOST}:${port}`;
  const describe = () => ({
    url,
    rooms: rooms.count,
    people: rooms.people,
    workers: pool.workers.length,
    producers: pool.workers.reduce((sum, worker) => sum + worker.producers, 0),
    consumers: pool.workers.reduce((sum, worker) => sum + worker.consumers, 0),
  });
  life.opened('media node', await keepNode(redis, config.HUB_MEDIA_NODE, describe));
  life.opened(
    'media heartbeat',
    beat(redis, 'media-worker', () => pool.isUp),
  );
  log.info({ port: config.HUB_RTC_PORT }, 'media listens');
  const workers = () =>
    pool.workers.map(({ worker, consumers, producers }) => ({ pid: worker.pid, consumers, producers }));
  return { url, workers };
}

export interface MediaNodeAddress {
  url: string;
  /** The media workers that live now, and what they carry. */
  workers(): { pid: number; consumers: number; producers: number }[];
}

const factsOf = (deps: Deps): RoomFacts => ({
  sessionStarted: (consultationId, at) => sessionStarted(deps, consultationId, at),
  sessionEnded: (consultationId, at) => sessionEnded(deps, consultationId, at),
});

/** Probes stay on one worker while it lives: their router is there. */
function probeSeat(pool: MediaPool): () => MediaWorker | undefined {
  let seat: MediaWorker | undefined;
  return () => {
    if (!seat || seat.worker.closed) seat = pool.workers[0];
    return seat;
  };
}
