/** Runs a tool to its end, quietly: its words are shown only when it fails. */
import { spawn } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, advice: string }} options `advice` tells a person how to go on
 * @returns {Promise<void>} rejects with the advice and the last lines that the tool printed
 */
export function runTool(command, args, { cwd, env = process.env, advice }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    const read = (/** @type {Buffer} */ chunk) => {
      tail = (tail + chunk).slice(-4000);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (cause) => fail(new Error(`${advice}\n${cause.message}`, { cause })));
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`${advice}\n${tail.trim()}`))));
  });
}
