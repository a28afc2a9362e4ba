import { heardFrom, readiness } from '@lianzhen/platform/health.ts';
import { registry } from '@lianzhen/platform/metrics.ts';
import { Router } from 'express';
import type { Deps } from '../deps.ts';

/** /healthz: the process lives. /readyz: everything that a request may need is up, else which part is not. */
export function healthRoutes({ db, redis }: Pick<Deps, 'db' | 'redis'>): Router {
  const checks = {
    database: async () => void (await db.$queryRaw`SELECT 1`),
    redis: async () => void (await redis.ping()),
    mediaWorker: heardFrom(redis, 'media-worker'),
    queueConsumers: heardFrom(redis, 'queue-consumers'),
  };
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'up' });
  });
  router.get('/readyz', async (_req, res) => {
    const { ready, parts } = await readiness(checks);
    const down = Object.keys(parts).filter((part) => parts[part] === 'down');
    res.status(ready ? 200 : 503).json({ ready, parts, down });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
