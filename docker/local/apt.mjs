/** Debian packages: which tools are there, and installing what is not. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The full path of a program, or undefined when there is none. System folders are looked into even when the PATH leaves
 * them out, as it does for most users on Debian: servers live in /usr/sbin.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function which(name, env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** True when Debian packages can be installed without asking anyone: apt-get is there, and we are root or may be. */
export function canInstall() {
  return which('apt-get') !== undefined && asRoot() !== undefined;
}

/** What to put before a command that needs root: nothing, sudo, or undefined when there is no way. */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  const sudo = which('sudo');
  // -n: a start or a test run has nobody to type a password.
  return sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? [sudo, '-n'] : undefined;
}

let listsAreFresh = false;

/**
 * Installs Debian packages.
 * @param {string[]} packages
 * @returns {{ ok: true } | { ok: false, why: string }} `why` is the last thing apt said
 */
export function install(packages) {
  const prefix = asRoot();
  if (!which('apt-get')) return { ok: false, why: 'there is no apt-get here' };
  if (!prefix) return { ok: false, why: 'apt-get needs root, or sudo without a password' };
  if (!listsAreFresh) {
    apt(prefix, ['update']);
    listsAreFresh = true;
  }
  const result = apt(prefix, ['install', '-y', '--no-install-recommends', ...packages]);
  if (result.status === 0) return { ok: true };
  const lines = `${result.stdout ?? ''}\n${result.stderr ?? ''}`.split('\n').filter(Boolean);
  const why =
    lines.filter((line) => line.startsWith('E:')).at(-1) ?? lines.at(-1) ?? `apt-get ended with ${result.status}`;
  return { ok: false, why };
}

function apt(prefix, args) {
  // RUNLEVEL=1 asks Debian not to start a system service of what is installed: the product runs its own.
  const settings = ['DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1'];
  const command = [
    ...prefix,
    'env',
    ...settings,
    'apt-get',
    '-q',
    '-o',
    'DPkg::Lock::Timeout=300',
    '-o',
    'Acquire::Retries=2',
    ...args,
  ];
  return spawnSync(command[0], command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
}
