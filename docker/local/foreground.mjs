/** Runs programs one after the other in the foreground, as a person at a terminal expects: Ctrl-C ends them all. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in the foreground. A signal to this process is handed on and, once the program has ended, ends this
 * process as well: whoever pressed Ctrl-C does not want to see the next program begin.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<boolean>} whether it ended well
 */
export function runInForeground(command, args, { cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
    /** @type {NodeJS.Signals | undefined} */
    let asked;
    const hand = (/** @type {NodeJS.Signals} */ signal) => {
      asked = signal;
      child.kill(signal);
    };
    for (const signal of signals) process.on(signal, hand);
    const over = (/** @type {boolean} */ isGood) => {
      for (const signal of signals) process.off(signal, hand);
      // 128 and the signal's number is what a shell says of a program that a signal ended.
      if (asked) process.exit(128 + constants.signals[asked]);
      resolve(isGood);
    };
    child.once('error', () => over(false));
    child.once('exit', (code) => over(code === 0));
  });
}
