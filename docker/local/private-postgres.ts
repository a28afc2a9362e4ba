import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { preparePostgres } from './postgres.ts';
import { Supervisor } from './supervisor.ts';

export interface PrivatePostgres {
  /** The URL of a database on the server, which may not exist yet. */
  url: (database: string) => string;
  /** Stops the server and removes its data. */
  stop: () => Promise<void>;
}

/**
 * A PostgreSQL in a temporary folder, for tools and for tests that share one cluster.
 * @param options one that `isDurable` syncs as the hub's own does; the others do not, for nobody will miss them
 */
export async function startPrivatePostgres({ isDurable = false } = {}): Promise<PrivatePostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lianzhen-postgres-'));
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  mkdirSync(join(dataDir, 'run'));
  const supervisor = new Supervisor({ dataDir, logDir: join(dataDir, 'logs'), say: () => undefined });
  const stop = async () => {
    await supervisor.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const server = await preparePostgres({
      dir: join(dataDir, 'postgres'),
      port: await freePort(),
      password: 'private',
      isThrowAway: !isDurable,
    });
    await supervisor.start(server.spec);
    return { url: server.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
