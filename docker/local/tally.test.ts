import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseSuites, standardSuites } from './suites.mjs';
import { addUp, closingLine, forgetTallies, readTally, tallyFile, writeTally } from './tally.mjs';

const unit = { suite: 'unit', tally: { passed: 3, failed: 0, skipped: [{ test: 'a', why: 'no corpus' }] } };
const flows = { suite: 'flows', tally: { passed: 2, failed: 1, skipped: [] } };

test('the closing line adds up all suites', () => {
  expect(closingLine(addUp([unit, flows], false))).toBe('5 passed, 1 failed, 1 skipped');
});

test('a suite that broke off without a tally is a failure', () => {
  expect(closingLine(addUp([unit, { suite: 'e2e', tally: undefined }], false))).toBe('3 passed, 1 failed, 1 skipped');
});

test('a run that ended badly is never all green', () => {
  expect(addUp([unit], false).failed).toBe(1);
  expect(addUp([unit], true).failed).toBe(0);
});

test('a tally is read back, and one that was cut off counts as none', () => {
  const root = mkdtempSync(join(tmpdir(), 'tally-'));
  const file = tallyFile(root, 'unit');
  expect(readTally(file)).toBeUndefined();
  writeTally(file, unit.tally);
  expect(readTally(file)).toEqual(unit.tally);
  writeFileSync(file, '{"passed":');
  expect(readTally(file)).toBeUndefined();
  writeTally(file, unit.tally);
  forgetTallies(root, ['unit']);
  expect(readTally(file)).toBeUndefined();
  rmSync(root, { recursive: true });
});

test('suites are chosen by name, in their own order, and the benches only by name', () => {
  expect(chooseSuites([])).toEqual(standardSuites);
  expect(standardSuites).not.toContain('bench');
  expect(chooseSuites(['--only', 'unit,format'])).toEqual(['format', 'unit']);
  expect(chooseSuites(['--only=bench'])).toEqual(['bench']);
  expect(() => chooseSuites(['--only', 'unit,speed'])).toThrow('no suite is called speed');
  expect(() => chooseSuites(['--fast'])).toThrow('usage');
});
