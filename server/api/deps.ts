import type { Db } from '@lianzhen/db/client.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { Redis } from 'ioredis';

/** What a use case may need. Each takes the part it uses. */
export interface Deps {
  config: Config;
  log: Log;
  db: Db;
  redis: Redis;
  blobs: BlobStore;
  clock: Clock;
}
