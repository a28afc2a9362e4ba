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

/**
 * A connection for the adapter of socket.io. It listens on copies of it, subscribes there and looks at nothing that comes
 * of it: a process that closed before it had subscribed would end by a rejection that nobody caught.
 */
export function connectSocketStream(url: string, log: Log): Redis {
  const redis = connectRedis(url, log, 'queue');
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (options) => {
    const copy = duplicate(options);
    const send = copy.sendCommand.bind(copy);
    copy.sendCommand = (command, stream) => {
      command.promise.catch(() => undefined);
      return send(command, stream);
    };
    return copy;
  };
  return redis;
}
