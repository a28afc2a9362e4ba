import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresUrl } from './postgres.ts';
import { root } from './roles.ts';
import { readSecrets } from './secrets.ts';
import { readSettings } from './settings.mjs';

/**
 * The database of the hub that runs on this machine, for tools beside it.
 * @returns undefined where no hub was started in the data folder yet
 */
export function localDatabase(env: NodeJS.ProcessEnv): string | undefined {
  const { dataDir } = readSettings(env, root);
  const file = join(dataDir, 'run', 'store-ports.json');
  if (!existsSync(file)) return undefined;
  const { postgres } = JSON.parse(readFileSync(file, 'utf8')) as { postgres: number };
  const server = { dir: join(dataDir, 'postgres'), port: postgres, password: readSecrets(dataDir).postgresPassword };
  return postgresUrl(server, 'lianzhen');
}
