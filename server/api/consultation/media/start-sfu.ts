import { beat } from '@lianzhen/platform/health.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import type { Deps } from '../../deps.ts';
import { MediaPool } from './media-pool.ts';

export async function startSfu({ config, log, redis }: Deps, life: Lifecycle): Promise<void> {
  const pool = new MediaPool(config, log);
  await pool.open();
  life.opened('media workers', () => pool.close());
  life.opened(
    'media heartbeat',
    beat(redis, 'media-worker', () => pool.isUp),
  );
  log.info({ port: config.HUB_RTC_PORT }, 'media listens');
}
