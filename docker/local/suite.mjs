/** Runs one suite and leaves its tally; turbo calls this once for each suite whose files changed. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suites } from './suites.mjs';
import { readTally, tallyFile, writeTally } from './tally.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const name = process.argv[2] ?? '';
const suite = suites[name];
if (!suite) {
  console.error(`usage: node docker/local/suite.mjs ${Object.keys(suites).join('|')}`);
  process.exit(2);
}
const file = tallyFile(root, name);
const bin = (/** @type {string} */ program) => join(root, 'node_modules', '.bin', program);

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return (
    spawnSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, HUB_TALLY: file },
    }).status === 0
  );
}

rmSync(file, { force: true });
if (suite.run.kind === 'vitest') {
  const reporters = ['--reporter=default', `--reporter=${join(root, 'docker', 'local', 'tally-reporter.ts')}`];
  const isGood = run(bin('vitest'), ['run', '--project', name, '--passWithNoTests', ...reporters]);
  // A library that ends the process in its own way may take the exit code with it; the tally does not lie.
  process.exit(isGood && readTally(file)?.failed === 0 ? 0 : 1);
}
const results = suite.run.commands.map((command) => run(bin(command.name), command.args));
const passed = results.filter(Boolean).length;
writeTally(file, { passed, failed: results.length - passed, skipped: [] });
process.exit(passed === results.length ? 0 : 1);
