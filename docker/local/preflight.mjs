/** What has to be true of a machine before a start does anything. Every problem is found, and all are told together. */
import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { canInstall, which } from './apt.mjs';
import { alreadyRunning, runningHub } from './hub-lock.mjs';
import { probePort } from './ports.mjs';
import { hubPorts, readSettings } from './settings.mjs';

/**
 * @typedef {import('./settings.mjs').Problem} Problem
 * @typedef {{
 *   nodeVersion: string,
 *   platform: string,
 *   freeBytes: (path: string) => number | undefined,
 *   probePort: (port: number, protocol: 'tcp' | 'udp') => Promise<'free' | 'used' | 'forbidden'>,
 *   has: (program: string) => boolean,
 *   canInstall: () => boolean,
 *   runningHub: (dataDir: string) => { pid: number, started: string, url: string } | undefined,
 * }} Machine
 */

const neededBytes = 2 * 1024 ** 3;

/** @type {Machine} */
export const thisMachine = {
  nodeVersion: process.versions.node,
  platform: process.platform,
  freeBytes,
  probePort,
  has: (program) => which(program) !== undefined,
  canInstall,
  runningHub,
};

/**
 * Bytes that are free on the disk of a path, which need not exist yet; undefined where that cannot be told.
 * @param {string} path
 */
function freeBytes(path) {
  let folder = resolve(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  // Node before 18.15 has no statfs, and is refused for its age anyway.
  if (typeof statfsSync !== 'function') return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/**
 * Everything that keeps a hub from starting here, in the order in which a person would mend it.
 * @param {{ env: NodeJS.ProcessEnv, root: string, machine?: Machine }} options
 * @returns {Promise<Problem[]>}
 */
export async function findProblems({ env, root, machine = thisMachine }) {
  const settings = readSettings(env, root);
  const holder = machine.runningHub(settings.dataDir);
  return [
    ...nodeProblems(machine),
    ...platformProblems(machine),
    ...settings.problems,
    ...diskProblems(machine, [root, settings.dataDir]),
    ...redisProblems(machine, env),
    // The ports are taken by the hub that runs already, so naming them too would only confuse.
    ...(holder ? [alreadyRunning(settings.dataDir, holder)] : await portProblems(machine, settings.ports)),
  ];
}

/**
 * What keeps a machine from running the tests, which need no fixed port.
 * @param {{ root: string, machine?: Machine }} options
 * @returns {Problem[]}
 */
export function findTestProblems({ root, machine = thisMachine }) {
  return [...nodeProblems(machine), ...platformProblems(machine), ...diskProblems(machine, [root])];
}

/** @param {Machine} machine */
function nodeProblems({ nodeVersion }) {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return [];
  return [
    {
      zh: `Node ${nodeVersion} 太旧:请安装 Node 20.19 或更新的版本后重试`,
      en: `Node ${nodeVersion} is too old: install Node 20.19 or newer and try again`,
    },
  ];
}

/** @param {Machine} machine */
function platformProblems({ platform }) {
  if (platform !== 'win32') return [];
  return [
    {
      zh: 'Windows 不能直接运行:请在 WSL2(Debian 或 Ubuntu)中运行,或使用 docker/compose.yml',
      en: 'Windows cannot run this directly: use WSL2 (Debian or Ubuntu), or docker/compose.yml',
    },
  ];
}

/**
 * @param {Machine} machine
 * @param {string[]} paths
 */
function diskProblems({ freeBytes }, paths) {
  const short = paths
    .map((path) => ({ path, free: freeBytes(path) }))
    .filter(({ free }) => free !== undefined && free < neededBytes);
  return short.slice(0, 1).map(({ path, free }) => {
    const gigabytes = (Number(free) / 1024 ** 3).toFixed(1);
    return {
      zh: `磁盘快满了:${path} 只剩 ${gigabytes} GB,至少需要 2 GB;请清理磁盘,或用 HUB_DATA_DIR 指定另一块磁盘`,
      en: `The disk is nearly full: ${gigabytes} GB left at ${path}, 2 GB are needed; free some space, or name another disk in HUB_DATA_DIR`,
    };
  });
}

/**
 * @param {Machine} machine
 * @param {NodeJS.ProcessEnv} env
 */
function redisProblems({ has, canInstall, platform }, env) {
  if (env.REDIS_URL || has('redis-server') || canInstall()) return [];
  const command = platform === 'darwin' ? 'brew install redis' : 'sudo apt-get install redis-server';
  return [
    {
      zh: `没有 redis-server,也不能自动安装:请运行 ${command},或用 REDIS_URL 指定一个现有的 Redis`,
      en: `There is no redis-server and it cannot be installed from here: run ${command}, or name a Redis in REDIS_URL`,
    },
  ];
}

/**
 * @param {Machine} machine
 * @param {import('./settings.mjs').Ports} ports
 */
async function portProblems({ probePort }, ports) {
  /** @type {Problem[]} */
  const problems = [];
  for (const [name, { variable, protocols }] of Object.entries(hubPorts)) {
    const port = ports[/** @type {keyof typeof ports} */ (name)];
    for (const protocol of protocols) {
      const state = await probePort(port, protocol);
      if (state !== 'free') problems.push(portProblem(port, protocol, variable, state));
    }
  }
  return problems;
}

/**
 * @param {number} port
 * @param {'tcp' | 'udp'} protocol
 * @param {string} variable
 * @param {'used' | 'forbidden'} state
 */
function portProblem(port, protocol, variable, state) {
  const what = `${port}/${protocol} (${variable})`;
  const other = port < 1024 ? port + 8000 : port < 65_500 ? port + 1 : port - 100;
  if (state === 'forbidden') {
    return {
      zh: `无权打开端口 ${what}:请设 ${variable}=${other} 等大于 1023 的端口`,
      en: `Port ${what} may not be opened by this user: choose one above 1023, such as ${variable}=${other}`,
    };
  }
  return {
    zh: `端口 ${what} 已被占用:请停止占用它的程序,或设 ${variable}=${other} 再启动`,
    en: `Port ${what} is in use: stop what uses it, or start with ${variable}=${other}`,
  };
}

/**
 * One line a problem, in Chinese and in English.
 * @param {Problem[]} problems
 */
export const describeProblems = (problems) => problems.map(({ zh, en }) => `✗ ${zh}\n  ${en}`).join('\n');
