/** Processes by identity rather than by number, because the kernel gives a number to someone else after a death. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * @typedef {'edge' | 'worker' | 'store'} Stage
 * @typedef {{ name: string, pid: number, started: string, stage: Stage, stopSignal: NodeJS.Signals, graceMs: number }} RunningChild
 */

/** In which order things stop: nobody new comes in, then what came in is finished, then the stores close. */
export const stopOrder = /** @type {const} */ (['edge', 'worker', 'store']);

/**
 * When a process began, as an opaque text that no later process with its number shares; undefined when it is gone.
 * A zombie counts as gone: it only waits to be counted.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  if (process.platform !== 'linux') return startByPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, so fields are counted from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${bootId()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** @param {number} pid */
function startByPs(pid) {
  const answer = spawnSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
  return !answer || answer.startsWith('Z') ? undefined : answer.slice(answer.indexOf(' ') + 1).trim();
}

/** @param {{ pid: number, started: string }} child */
export const isAlive = ({ pid, started }) => startOf(pid) === started;

/**
 * Sends a signal to a process, or to its whole group. False when nobody was there.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 * @param {{ group?: boolean }} [options]
 */
export function send(pid, signal, { group = false } = {}) {
  try {
    return process.kill(group ? -pid : pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Stops processes that are not ours to wait for, in order, each with its own grace, and then hard.
 * @param {RunningChild[]} children
 * @param {{ graceMs?: number }} [options] a bound on every grace
 */
export async function stopStrangers(children, { graceMs = Number.POSITIVE_INFINITY } = {}) {
  for (const stage of stopOrder) {
    const members = children.filter((child) => child.stage === stage && isAlive(child));
    await Promise.all(members.map((child) => stopStranger(child, Math.min(graceMs, child.graceMs))));
  }
}

/**
 * @param {RunningChild} child
 * @param {number} graceMs
 */
async function stopStranger(child, graceMs) {
  const { pid, stopSignal } = child;
  send(pid, stopSignal);
  // A stopped process hears nothing until it goes on.
  send(pid, 'SIGCONT');
  const until = Date.now() + graceMs;
  while (isAlive(child) && Date.now() < until) await wait(50);
  // The group as well: what the process started itself goes with it.
  send(pid, 'SIGKILL', { group: true });
  while (isAlive(child)) {
    send(pid, 'SIGKILL');
    await wait(50);
  }
}
