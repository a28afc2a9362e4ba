/** How many tests passed, failed and were skipped, suite by suite. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {{ test: string, why: string }} Skip
 * @typedef {{ test: string, file: string, why: string }} Failure
 * @typedef {{ passed: number, failed: number, skipped: Skip[], failures?: Failure[] }} Tally
 */

/**
 * Where a suite leaves its tally. turbo keeps the file with the suite's result, and puts it back when nothing changed.
 * @param {string} root
 * @param {string} suite
 */
export const tallyFile = (root, suite) => join(root, '.turbo', 'tallies', `${suite}.json`);

/**
 * @param {string} file
 * @param {Tally} tally
 */
export function writeTally(file, tally) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(tally, null, 1)}\n`);
}

/**
 * @param {string} file
 * @returns {Tally | undefined} undefined when the suite left none
 */
export function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Forgets the tallies of earlier runs, so that a suite that crashes is not counted by them.
 * @param {string} root
 * @param {string[]} suites
 */
export function forgetTallies(root, suites) {
  for (const suite of suites) rmSync(tallyFile(root, suite), { force: true });
}

/**
 * Adds up the suites. One that left no tally, or failed without a failing test, counts as one failure: something broke
 * that no test could tell.
 * @param {{ suite: string, tally: Tally | undefined }[]} results
 * @param {boolean} isClean whether every suite ended well
 */
export function addUp(results, isClean) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { tally } of results) {
    sum.passed += tally?.passed ?? 0;
    sum.failed += tally?.failed ?? 1;
    sum.skipped += tally?.skipped.length ?? 0;
  }
  if (!isClean && sum.failed === 0) sum.failed = 1;
  return sum;
}

/**
 * The closing line, in the form that other programs read.
 * @param {{ passed: number, failed: number, skipped: number }} sum
 */
export const closingLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
