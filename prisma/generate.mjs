/** Generates the database client from schema.prisma and models/, without reaching anything outside. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const offline = `--env-file=${join(root, 'prisma', 'generate-offline.env')}`;
const cli = join(root, 'node_modules', 'prisma', 'build', 'index.js');
const result = spawnSync(process.execPath, [offline, cli, 'generate', '--schema', 'prisma', '--no-hints'], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
