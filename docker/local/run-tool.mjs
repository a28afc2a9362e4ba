/** Runs a tool to its end, quietly: its words are shown only when it fails. */
import { spawn } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, advice: string }} options `advice` tells a person how to go on
 * @returns {Promise<void>} rejects with the advice and the first and the last that the tool printed
 */
export function runTool(command, args, { cwd, env = process.env, advice }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (cause) => fail(new Error(`${advice}\n${cause.message}`, { cause })));
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`${advice}\n${excerpt(output)}`))));
  });
}

/**
 * The beginning and the end of what a tool said: the cause stands in one of them.
 * @param {string} output
 */
function excerpt(output) {
  const lines = output.trim().split('\n');
  return lines.length <= 40 ? lines.join('\n') : [...lines.slice(0, 15), '…', ...lines.slice(-25)].join('\n');
}
