import { createServer } from 'node:http';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { connectSocketStream } from '@lianzhen/platform/redis.ts';
import { measureMediaNodes } from './consultation/media-metrics.ts';
import { openMediaProxy } from './consultation/media-proxy.ts';
import type { Deps } from './deps.ts';
import { createApp } from './http/app.ts';
import { openSockets } from './realtime/sockets.ts';
import { hubRoutes, mountedRouters } from './routes.ts';

/** A sender that stops in the middle must not hold a connection for ever. */
const silentMs = 120_000;

export async function startHttp(deps: Deps, life: Lifecycle): Promise<void> {
  const { config, log } = deps;
  const app = createApp(deps, hubRoutes(deps), mountedRouters(deps));
  // A study over a village's link takes its time: silence ends a request, not its length.
  const server = createServer({ requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 65_000 }, (req, res) => {
    if (!media(req, res)) app(req, res);
  });
  const media = openMediaProxy(deps, server);
  measureMediaNodes(deps.redis);
  server.setTimeout(silentMs);
  const streams = connectSocketStream(config.REDIS_URL, log);
  life.opened('socket stream', () => streams.disconnect());
  const io = openSockets(server, deps, streams);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.HUB_HTTP_PORT, config.HUB_HTTP_HOST, resolve);
  });
  life.opened('http', async () => {
    // Those of this process: the others go on.
    io.local.disconnectSockets(true);
    server.closeIdleConnections();
    await io.close();
  });
  const address = server.address();
  log.info({ port: typeof address === 'object' ? address?.port : undefined }, 'http listens');
}
