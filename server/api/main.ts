import { parseArgs } from 'node:util';
import { connectDb } from '@lianzhen/db/client.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { openBlobs } from '@lianzhen/platform/open-blobs.ts';
import { connectRedis } from '@lianzhen/platform/redis.ts';
import type { Deps } from './deps.ts';
import { type Role, roles } from './roles.ts';

/** `node main.ts --roles=http,dimse`: one process may be one edge or all of them. */
const { values } = parseArgs({ options: { roles: { type: 'string', default: 'http,dimse,mllp,sfu' } } });
const wanted = values.roles.split(',').filter((name): name is Role => Object.hasOwn(roles, name));
if (wanted.length === 0) throw new Error(`--roles takes some of: ${Object.keys(roles).join(', ')}`);

const config = readConfig();
const log = createLog(wanted.join('+'), config.LOG_LEVEL);
const life = new Lifecycle(log);
life.endWithProcess();
const db = connectDb(config.DATABASE_URL, config.DATABASE_POOL);
life.opened('database', () => db.close());
const redis = connectRedis(config.REDIS_URL, log, 'request');
life.opened('redis', () => redis.disconnect());
const blobs = await openBlobs(config);
life.opened('blobs', () => blobs.close());

const deps: Deps = { config, log, db, redis, blobs, clock: systemClock };
for (const role of wanted) await roles[role](deps, life);
