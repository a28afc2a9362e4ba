import { cpSync, existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDb, type Db } from '@lianzhen/db/client.ts';
import { which } from '../../docker/local/apt.mjs';
import { type Hub, startHub } from '../../docker/local/hub.ts';
import { roleSpecs } from '../../docker/local/roles.ts';
import { processesOf } from './processes-of.ts';

/** What has to be there for a hub of one's own; named when it is not. */
export const missing = which('redis-server') ? undefined : 'redis-server is not installed';

export interface FaultHub {
  hub: Hub;
  /** The hub's own database, to look into from outside. */
  db: Db;
  /** What every role was told. */
  env: NodeJS.ProcessEnv;
  /** Stops everything. @returns the processes that are still there afterwards: none, if all is well */
  stop(): Promise<{ pid: number; command: string }[]>;
}

/** Times are short, so that what takes minutes in a hospital takes seconds here. */
const quick = {
  HUB_LEASE_SECONDS: '4',
  HUB_RETRY_BASE_MS: '200',
  HUB_SWEEP_MS: '500',
  HUB_SETTLE_MS: '1500',
};

/** A whole hub with the demo region in a folder of its own. Its logs are kept as artefacts under the given name. */
export async function startFaultHub(name: string, settings: NodeJS.ProcessEnv = {}): Promise<FaultHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lianzhen-faults-'));
  let env: NodeJS.ProcessEnv = {};
  const hub = await startHub({
    dataDir,
    demo: true,
    env: { ...quick, ...settings },
    backoff: { initialMs: 100, maxMs: 2000 },
    roles: (told) => {
      env = told;
      return roleSpecs(told);
    },
  });
  const db = connectDb(hub.databaseUrl, 4);
  const stop = async () => {
    await db.close();
    await hub.stop();
    const left = processesOf(dataDir);
    keepLogs(dataDir, name);
    rmSync(dataDir, { recursive: true, force: true });
    return left;
  };
  return { hub, db, env, stop };
}

function keepLogs(dataDir: string, name: string): void {
  const kept = join(import.meta.dirname, '../artefacts/faults', name);
  rmSync(kept, { recursive: true, force: true });
  if (existsSync(join(dataDir, 'logs'))) cpSync(join(dataDir, 'logs'), kept, { recursive: true });
}
