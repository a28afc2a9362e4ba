import { HubError } from '@lianzhen/contracts/errors.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createLog, type Log } from './log.ts';

const name = '张桂芳';
const number = '11010519491231002X';
let lines: string[];
let log: Log;
beforeEach(() => {
  lines = [];
  log = createLog('test', 'debug', { write: (line: string) => void lines.push(line) });
});
const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}');
const unspoken = () => {
  for (const line of lines)
    for (const secret of [name, number, 'ZHANG', number.slice(0, 17)]) expect(line).not.toContain(secret);
};

test('a line is JSON with time, level, role and the fields that are allowed', () => {
  log.info({ studyId: 'S1', ms: 12 }, 'study settled');
  expect(last()).toEqual({
    level: 'info',
    time: expect.any(String),
    role: 'test',
    studyId: 'S1',
    ms: 12,
    msg: 'study settled',
  });
});

describe('a patient’s data never reach a line', () => {
  test('as a field', () => {
    log.warn({ patientName: name, identifiers: [number], body: { name }, orderId: 'O1' } as object, 'order sent');
    expect(last()).toMatchObject({ orderId: 'O1' });
    unspoken();
  });

  test('as a bound field', () => {
    log.child({ name, requestId: 'R1' }).info('request');
    expect(last()).toMatchObject({ requestId: 'R1' });
    unspoken();
  });

  test('with the details of an error', () => {
    const err = new HubError(
      'identity-mismatch',
      { found: name, number },
      { cause: new Error(`no ${name} ${number}`) },
    );
    log.error({ err }, 'request failed');
    expect(last().err).toMatchObject({ name: 'HubError', code: 'identity-mismatch', message: 'identity-mismatch' });
    unspoken();
  });

  test('with an error’s message, its stack, its cause or its other properties', () => {
    const err = Object.assign(new Error(`cannot file ${name} as ${number}`), { body: name, code: { name } });
    log.error({ err }, 'failed');
    log.error(err);
    log.error({ err });
    log.error({ err: name }, 'failed');
    log.error({ err: { name, message: name } }, 'failed');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('cannot file … as …');
    unspoken();
  });

  test('with the text that a parser choked on', () => {
    for (const text of ['{"name": "ZHANG SAN"', 'ZHANG', '"ZHANG']) {
      try {
        JSON.parse(text);
      } catch (err) {
        log.warn({ err }, 'not JSON');
      }
    }
    log.warn(
      { err: Object.assign(new Error('where: { name: "ZHANG" }'), { name: 'PrismaClientValidationError' }) },
      'x',
    );
    expect(lines).toHaveLength(4);
    expect(last().err).toMatchObject({
      name: 'PrismaClientValidationError',
      stack: expect.stringContaining('log.test.ts'),
    });
    unspoken();
  });
});

test('an error that loops through its causes, or is very long, is still one line', () => {
  const err = new Error('x'.repeat(10_000));
  err.cause = err;
  log.error({ err }, 'failed');
  expect(lines.at(-1)?.length).toBeLessThan(8000);
  expect(lines.at(-1)?.trim()).not.toContain('\n');
});

test('what is below the level is not written', () => {
  log.trace({ ms: 1 }, 'detail');
  expect(lines).toEqual([]);
});
