/** One hub a data folder: the lock, the list of running children, and cleaning up after a hub that was killed. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf, stopStrangers } from './processes.mjs';

/**
 * @typedef {import('./processes.mjs').RunningChild} RunningChild
 * @typedef {{ pid: number, started: string, url: string }} Holder
 */

/** @param {string} dataDir */
const lockFile = (dataDir) => join(dataDir, 'run', 'hub.lock');
/** @param {string} dataDir */
const childrenFile = (dataDir) => join(dataDir, 'run', 'children.json');

/**
 * The JSON in a file, or undefined when there is none or it was cut off.
 * @param {string} file
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * The hub that runs on a data folder right now.
 * @param {string} dataDir
 * @returns {Holder | undefined}
 */
export function runningHub(dataDir) {
  const holder = read(lockFile(dataDir));
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Stops what a killed hub left running on this data folder. Does nothing while a hub runs.
 * @param {string} dataDir
 * @returns {Promise<string[]>} the names of what was still running
 */
export async function clearLeftovers(dataDir) {
  if (runningHub(dataDir)) return [];
  /** @type {RunningChild[]} */
  const left = (read(childrenFile(dataDir)) ?? []).filter(isAlive);
  await stopStrangers(left);
  rmSync(childrenFile(dataDir), { force: true });
  return left.map((child) => child.name);
}

/**
 * Takes the lock of a data folder, after clearing what a killed hub left behind.
 * @param {string} dataDir
 * @param {string} url under which this hub will answer
 * @returns {Promise<{ cleared: string[], release: () => void }>}
 * @throws when another hub runs on the folder; the message tells its number and its address
 */
export async function takeLock(dataDir, url) {
  mkdirSync(join(dataDir, 'run'), { recursive: true });
  const cleared = await clearLeftovers(dataDir);
  const file = lockFile(dataDir);
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid), url });
  for (let tries = 0; tries < 5; tries++) {
    if (createLock(file, mine)) return { cleared, release: () => releaseLock(file, mine) };
    const holder = runningHub(dataDir);
    if (holder) throw new Error(alreadyRunning(dataDir, holder).en);
    removeStale(file);
  }
  throw new Error(`the lock of ${dataDir} changes hands all the time: another start is under way`);
}

/**
 * @param {string} dataDir
 * @param {Holder} holder
 */
export const alreadyRunning = (dataDir, { pid, url }) => ({
  zh: `数据目录 ${dataDir} 已有一个联诊在运行(进程 ${pid},${url}):请直接使用它,或先停止它(kill ${pid}),或用 HUB_DATA_DIR 指定另一个目录`,
  en: `a hub already runs on ${dataDir} (process ${pid}, ${url}): use that one, or stop it first (kill ${pid}), or name another folder in HUB_DATA_DIR`,
});

/**
 * @param {string} file
 * @param {string} text
 */
function createLock(file, text) {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text);
  try {
    // A link appears with its whole text or not at all, and only if nobody was first.
    linkSync(part, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(part, { force: true });
  }
}

/** @param {string} file */
function removeStale(file) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // Someone else was faster.
  }
  // Between our look and our move a living hub may have taken the lock: it gets it back.
  const holder = read(aside);
  if (holder && isAlive(holder)) createLock(file, JSON.stringify(holder));
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @param {string} mine
 */
function releaseLock(file, mine) {
  if (JSON.stringify(read(file)) === mine) rmSync(file, { force: true });
}

/**
 * Writes down who runs, for the next start in case this hub and its guardian are both killed.
 * @param {string} dataDir
 * @param {RunningChild[]} children
 */
export function recordChildren(dataDir, children) {
  const part = `${childrenFile(dataDir)}.part`;
  writeFileSync(part, JSON.stringify(children));
  renameSync(part, childrenFile(dataDir));
}
