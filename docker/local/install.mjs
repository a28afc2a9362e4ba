/** Brings node_modules in line with the lock file. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cachedWorker, lockedVersion } from '../media-worker/locate.mjs';
import { runTool } from './run-tool.mjs';

/**
 * True when node_modules holds what the lock file asks for.
 * @param {string} root
 */
export function isInstalled(root) {
  const lock = join(root, 'package-lock.json');
  // npm writes its own copy last, so a broken installation has none.
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  // A checkout touches the lock file without changing it.
  return holdsAll(readPackages(lock), readPackages(installed));
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>}
 */
const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/**
 * @param {ReturnType<typeof readPackages>} wanted
 * @param {ReturnType<typeof readPackages>} found
 */
function holdsAll(wanted, found) {
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/') || link) return true;
    // Packages for other machines are optional and rightly absent.
    if (!(path in found)) return optional === true;
    return found[path]?.version === version;
  });
}

/**
 * Installs the packages of the lock file, if they are not there. Reaches the npm registry and nothing else.
 * @param {{ root: string, say: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureInstalled({ root, say, env = process.env }) {
  if (isInstalled(root)) return false;
  say('正在安装依赖 · installing packages');
  // npm start hands down which npm runs; without it the one on the PATH is taken.
  const npm = env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, first: [env.npm_execpath] }
    : { command: 'npm', first: [] };
  // The versions are those of the lock file, as with `npm ci`, which however gives up where a registry, as mirrors in
  // hospital networks do, lacks the packages that are meant for other machines.
  await runTool(npm.command, [...npm.first, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: {
      ...env,
      // Named, so that mediasoup's installation script does not look for a worker; it is fetched or built afterwards.
      MEDIASOUP_WORKER_BIN: env.MEDIASOUP_WORKER_BIN || cachedWorker(lockedVersion(root), env),
      // Any existing file keeps Prisma from downloading an engine that nothing here uses.
      PRISMA_SCHEMA_ENGINE_BINARY: env.PRISMA_SCHEMA_ENGINE_BINARY || join(root, 'package.json'),
      // Starting the product must not change the hooks of someone's clone.
      CI: env.CI || '1',
    },
    advice:
      'The packages could not be installed. Is the npm registry reachable (npm ping)? Then run npm install by hand to see more.',
  });
  return true;
}
