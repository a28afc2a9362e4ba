import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { applyMigrations } from '@lianzhen/db/migrate.ts';
import { seed } from '@lianzhen/db/seed/main.ts';
import { type Hub, type HubOptions, prepareFolder, startHub } from '../../docker/local/hub.ts';
import { startStores } from '../../docker/local/stores.ts';
import { Supervisor } from '../../docker/local/supervisor.ts';

export type { Hub };

/** Where the folder of a hub with the demo region is found that was filled and stopped: set by `setup`. */
const storeVariable = 'HUB_TEST_DEMO_STORE';

/** Vitest's global set-up: the demo region is filled once for the whole run, and every hub begins with a copy of it. */
export async function setup(): Promise<() => void> {
  const dataDir = prepareFolder();
  const say = () => undefined;
  const supervisor = new Supervisor({ dataDir, logDir: join(dataDir, 'logs'), say });
  try {
    const { databaseUrl } = await startStores({ supervisor, dataDir, say, redisUrl: 'redis://not-needed' });
    await applyMigrations(databaseUrl);
    await seed(databaseUrl, true);
  } finally {
    await supervisor.stop();
  }
  // Ports belong to the hub that had them.
  rmSync(join(dataDir, 'run'), { recursive: true });
  process.env[storeVariable] = dataDir;
  return () => rmSync(dataDir, { recursive: true, force: true });
}

/** A hub of its own for a test file, with the demo region in it. */
export function startDemoHub(options: Omit<HubOptions, 'demo' | 'dataDir'> = {}): Promise<Hub> {
  const copyOf = process.env[storeVariable];
  return startHub({ demo: true, ...(copyOf ? { copyOf } : {}), ...options });
}
