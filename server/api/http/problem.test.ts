import { errorCodes, HubError, isErrorCode, problemOf } from '@lianzhen/contracts/errors.ts';
import { Prisma } from '@lianzhen/db/client.ts';
import { ORPCError, ValidationError } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import { asHubError, problemFor, problemHeaders, statusOf } from './problem.ts';

const secret = '张桂芳 11010519491231002X';
const databaseError = (code: string) =>
  new Prisma.PrismaClientKnownRequestError(secret, { code, clientVersion: '7', meta: { secret } });

test('every code has a status of its own kind and a title in both languages', () => {
  for (const [code, { status, zh, en }] of Object.entries(errorCodes)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/);
    expect(isErrorCode(code)).toBe(true);
  }
  for (const other of ['toString', '__proto__', '', 'Forbidden', 7]) expect(isErrorCode(other)).toBe(false);
});

test('a problem says code, title, status and request, in the language that was asked for', () => {
  const problem = problemFor(new HubError('stale-revision', { expected: 1, found: 2 }), 'R1', 'en');
  expect(problem).toEqual({
    type: 'urn:lianzhen:error:stale-revision',
    code: 'stale-revision',
    title: 'Somebody changed this meanwhile; look again',
    status: 409,
    requestId: 'R1',
    details: { expected: 1, found: 2 },
  });
  expect(problemOf('not-found', {}, 'R1', 'zh').title).toBe('未找到');
});

describe('what nobody foresaw tells nothing', () => {
  test.each([
    ['an error', new Error(secret)],
    ['an error with properties', Object.assign(new Error(secret), { status: 200, details: secret, expose: true })],
    ['a text', secret],
    ['nothing', undefined],
    ['null', null],
    ['an object', { message: secret, status: 500 }],
    ['a database error', databaseError('P2000')],
    ['an error of the contract library', new ORPCError('INTERNAL_SERVER_ERROR', { message: secret, data: secret })],
    ['an internal error of our own', new HubError('internal', { secret })],
  ])('%s', (_, cause) => {
    const problem = problemFor(cause, 'R1', 'zh');
    expect(problem).toMatchObject({ code: 'internal', status: 500, requestId: 'R1', details: {} });
    expect(JSON.stringify(problem)).not.toMatch(/张桂芳|1101051949/);
  });
});

describe('what the libraries throw has a code', () => {
  test.each([
    ['already-exists', databaseError('P2002')],
    ['not-found', databaseError('P2025')],
    ['bad-input', databaseError('P2003')],
    ['unavailable', databaseError('P1001')],
    ['too-large', Object.assign(new Error('entity too large'), { type: 'entity.too.large', status: 413 })],
    ['malformed-request', Object.assign(new SyntaxError(secret), { type: 'entity.parse.failed', status: 400 })],
    ['malformed-request', Object.assign(new URIError(secret), { status: 400 })],
    ['unsupported-media-type', Object.assign(new Error('charset'), { type: 'charset.unsupported', status: 415 })],
    ['not-found', Object.assign(new Error('ENOENT'), { status: 404 })],
    ['malformed-request', new ORPCError('BAD_REQUEST')],
    ['not-found', new ORPCError('NOT_FOUND')],
  ])('%s', (code, cause) => {
    expect(asHubError(cause).code).toBe(code);
    expect(statusOf(cause)).toBe(errorCodes[code as keyof typeof errorCodes].status);
    expect(JSON.stringify(problemFor(cause, 'R1', 'zh'))).not.toContain('张桂芳');
  });
});

test('input that does not fit names its fields and what was expected, not what was given', () => {
  const issues = [
    { message: 'Invalid email', path: ['contacts', { key: 0 }, 'email'] },
    ...Array.from({ length: 80 }, (_, at) => ({ message: 'too much', path: [at] })),
  ];
  const cause = new ORPCError('BAD_REQUEST', { cause: new ValidationError({ message: secret, issues, data: secret }) });
  const { code, details } = asHubError(cause);
  expect(code).toBe('bad-input');
  const { fields } = details as { fields: unknown[] };
  expect(fields[0]).toEqual({ field: 'contacts.0.email', expected: 'Invalid email' });
  expect(fields).toHaveLength(50);
});

test('an answer of a wrong shape is our mistake, not the caller’s', () => {
  const cause = new ORPCError('INTERNAL_SERVER_ERROR', {
    cause: new ValidationError({ message: '', issues: [{ message: secret, path: ['name'] }], data: secret }),
  });
  expect(problemFor(cause, 'R1', 'zh')).toMatchObject({ code: 'internal', details: {} });
});

test('who has to wait is told for how long', () => {
  expect(problemHeaders(new HubError('locked-out', { retryAfterSeconds: 30 }))).toEqual({ 'Retry-After': '30' });
  expect(problemHeaders(new HubError('forbidden'))).toEqual({});
});
