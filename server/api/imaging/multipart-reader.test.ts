import { HubError } from '@lianzhen/contracts/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multipartLimits, readMultipart } from './multipart-reader.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function multipart(boundary: string, parts: Buffer[], tail = '--'): Buffer {
  const pieces = parts.map((part) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`), part, Buffer.from('\r\n')]),
  );
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}${tail}\r\n`)]);
}

async function readAll(bytes: Buffer, boundary: string, size = 7, limits = multipartLimits): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for await (const part of readMultipart(inPieces(bytes, size), boundary, limits)) {
    const pieces: Buffer[] = [];
    for await (const piece of part.body) pieces.push(piece);
    await part.read;
    parts.push(Buffer.concat(pieces));
  }
  return parts;
}

const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (cause) => (cause instanceof HubError ? cause.code : String(cause)),
  );

test('gives back whatever was put in, however the bytes are cut', async () => {
  // A small alphabet, so that carriage returns, dashes and pieces of the boundary come up often.
  const nasty = fc
    .array(fc.constantFrom('\r', '\n', '-', 'b', 'x', '\r\n--', '\r\n--b', '\r\n-'), { maxLength: 40 })
    .map((letters) => Buffer.from(letters.join('')))
    .filter((part) => !part.includes('\r\n--bound'));
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { maxLength: 5 }), fc.integer({ min: 1, max: 400 }), async (parts, size) => {
      expect(await readAll(multipart('bound', parts), 'bound', size)).toEqual(parts);
    }),
  );
});

test('skips a preamble, padding after a delimiter and what follows the end', async () => {
  const bytes = Buffer.from('hello\r\n--b \t\r\n\r\nfirst\r\n--b\r\nA: 1\r\n\r\nsecond\r\n--b--\r\nthe end');
  expect((await readAll(bytes, 'b')).map(String)).toEqual(['first', 'second']);
});

test('skips what a reader leaves', async () => {
  const bytes = multipart('b', [Buffer.alloc(500, 'x'), Buffer.from('y')]);
  const firsts: string[] = [];
  for await (const part of readMultipart(inPieces(bytes, 9), 'b')) {
    for await (const piece of part.body) {
      firsts.push(piece.toString());
      break;
    }
  }
  expect(firsts.map((text) => text[0])).toEqual(['x', 'y']);
});

test('reads headers by lower-case name, folded and repeated', async () => {
  const bytes = Buffer.from('--b\r\nContent-TYPE: a;\r\n  b=c\r\nX: 1\r\nx: 2\r\n\r\n\r\n--b--');
  for await (const { headers } of readMultipart(inPieces(bytes, 3), 'b')) {
    expect([...headers]).toEqual([
      ['content-type', 'a; b=c'],
      ['x', '1, 2'],
    ]);
  }
});

test.each([
  ['no delimiter at all', Buffer.alloc(200, 'x')],
  ['an end in a body', multipart('b', [Buffer.from('x')]).subarray(0, -8)],
  ['an end in the headers', Buffer.from('--b\r\nContent-Type: a')],
  ['another boundary', multipart('other', [Buffer.from('x')])],
  ['a header that is none', Buffer.from('--b\r\nnonsense\r\n\r\nx\r\n--b--')],
  ['characters after the delimiter', Buffer.from('--bX\r\n\r\nx\r\n--b--')],
  ['nothing', Buffer.alloc(0)],
])('refuses %s', async (_what, bytes) => {
  expect(await failure(readAll(bytes, 'b'))).toBe('malformed-request');
});

test('is bounded in parts, headers and preamble', async () => {
  const limits = { parts: 2, headerBytes: 100, preambleBytes: 50 };
  const three = multipart('b', [Buffer.from('1'), Buffer.from('2'), Buffer.from('3')]);
  expect(await failure(readAll(three, 'b', 7, limits))).toBe('too-large');
  const long = Buffer.from(`--b\r\nA: ${'x'.repeat(200)}\r\n\r\n1\r\n--b--`);
  expect(await failure(readAll(long, 'b', 7, limits))).toBe('too-large');
  const preamble = Buffer.from(`${'x'.repeat(200)}\r\n--b\r\n\r\n1\r\n--b--`);
  expect(await failure(readAll(preamble, 'b', 7, limits))).toBe('malformed-request');
});
