import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** BullMQ wants connections that never give up on a command; everything else wants an answer in bounded time. */
export function connectRedis(url: string, log: Log, use: 'queue' | 'request'): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: use === 'queue' ? null : 2,
    enableOfflineQueue: use === 'queue',
    connectTimeout: 5000,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  // Without a listener a lost connection would end the process; reconnecting is ioredis's own work.
  redis.on('error', (err) => log.debug({ err }, 'redis connection'));
  return redis;
}
