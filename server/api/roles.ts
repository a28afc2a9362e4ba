import { createServer } from 'node:http';
import { beat } from '@lianzhen/platform/health.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { connectRedis } from '@lianzhen/platform/redis.ts';
import { MediaPool } from './consultation/media/media-pool.ts';
import type { Deps } from './deps.ts';
import { createApp } from './http/app.ts';
import { startDimse } from './imaging/start-dimse.ts';
import { startMllp } from './orders/start-mllp.ts';
import { openSockets } from './realtime/sockets.ts';
import { hubRoutes, mountedRouters } from './routes.ts';

export type Role = 'http' | 'dimse' | 'mllp' | 'sfu';
type Start = (deps: Deps, life: Lifecycle) => Promise<void>;

async function startHttp(deps: Deps, life: Lifecycle): Promise<void> {
  const { config, log } = deps;
  const app = createApp(deps, hubRoutes(deps), mountedRouters(deps));
  const server = createServer({ requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, app);
  // A sender that stops in the middle must not hold a connection for ever.
  server.setTimeout(120_000);
  const streams = connectRedis(config.REDIS_URL, log, 'queue');
  life.opened('socket stream', () => streams.disconnect());
  const io = openSockets(server, deps, streams);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.HUB_HTTP_PORT, config.HUB_HTTP_HOST, resolve);
  });
  life.opened('http', async () => {
    io.disconnectSockets(true);
    server.closeIdleConnections();
    await io.close();
  });
  const address = server.address();
  log.info({ port: typeof address === 'object' ? address?.port : undefined }, 'http listens');
}

async function startSfu(deps: Deps, life: Lifecycle): Promise<void> {
  const { config, log, redis } = deps;
  const pool = new MediaPool(config, log);
  await pool.open();
  life.opened('media workers', () => pool.close());
  life.opened(
    'media heartbeat',
    beat(redis, 'media-worker', () => pool.isUp),
  );
  log.info({ port: config.HUB_RTC_PORT }, 'media listens');
}

export const roles: Record<Role, Start> = { http: startHttp, dimse: startDimse, mllp: startMllp, sfu: startSfu };
