import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

test('a log keeps the newest lines and stays within its bounds', () => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(dir, 'logs', 'http.log');
  const log = new LogFile(file, { maxBytes: 100, keep: 2 });
  for (let line = 0; line < 100; line++) log.write(Buffer.from(`line ${String(line).padStart(4, '0')}\n`));
  log.close();
  log.write(Buffer.from('too late\n'));
  expect(readdirSync(join(dir, 'logs')).sort()).toEqual(['http.log', 'http.log.1', 'http.log.2']);
  for (const name of readdirSync(join(dir, 'logs')))
    expect(statSync(join(dir, 'logs', name)).size).toBeLessThanOrEqual(100);
  const all = ['http.log.2', 'http.log.1', 'http.log']
    .map((name) => readFileSync(join(dir, 'logs', name), 'utf8'))
    .join('');
  const numbers = all
    .trim()
    .split('\n')
    .map((line) => Number(line.slice(5)));
  expect(numbers.at(-1)).toBe(99);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 100 - numbers.length + index));
  rmSync(dir, { recursive: true });
});

test('a log is continued, not begun anew', () => {
  const dir = mkdtempSync(join(tmpdir(), 'log-'));
  for (const word of ['one\n', 'two\n']) {
    const log = new LogFile(join(dir, 'x.log'));
    log.write(Buffer.from(word));
    log.close();
  }
  expect(readFileSync(join(dir, 'x.log'), 'utf8')).toBe('one\ntwo\n');
  rmSync(dir, { recursive: true });
});
