import { expect, test } from 'vitest';
import { firstPart, mediaType } from './multipart.ts';

const latin = (text: string): ArrayBuffer => Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
const text = (bytes: ArrayBuffer): string => String.fromCharCode(...new Uint8Array(bytes));

test('parameters are read quoted and unquoted, with a slash or a semicolon inside', () => {
  const header = 'Multipart/Related; type="application/octet-stream"; boundary=a/b; Transfer-Syntax = "1.2;3"';
  expect(mediaType(header)).toEqual({
    type: 'multipart/related',
    parameters: { type: 'application/octet-stream', boundary: 'a/b', 'transfer-syntax': '1.2;3' },
  });
  expect(mediaType('multipart/related; type=application/octet-stream; boundary=x').parameters.type).toBe(
    'application/octet-stream',
  );
});

test('the part of a frame is found, with its own type', () => {
  const body = latin('preamble\r\n--b\r\nContent-Type: image/jls; transfer-syntax=1.2\r\n\r\nAB\r\n\r\nC\r\n--b--\r\n');
  const part = firstPart(body, 'multipart/related; boundary="b"');
  expect(part.contentType).toBe('image/jls; transfer-syntax=1.2');
  expect(text(part.bytes)).toBe('AB\r\n\r\nC');
});

test('a single-part answer is the frame itself', () => {
  expect(text(firstPart(latin('pixels'), 'application/octet-stream').bytes)).toBe('pixels');
});

test('bytes that look like the boundary stay in the frame when its length is told', () => {
  const body = latin('--b\r\nContent-Length: 9\r\n\r\nA\r\n--b\r\nC\r\n--b--');
  expect(text(firstPart(body, 'multipart/related; boundary=b').bytes)).toBe('A\r\n--b\r\nC');
});

test('a boundary that is not told is taken from the first line, and bare line feeds are understood', () => {
  const part = firstPart(latin('--q\nContent-Type: a/b\n\nXY\n--q--'), 'multipart/related');
  expect({ type: part.contentType, bytes: text(part.bytes) }).toEqual({ type: 'a/b', bytes: 'XY' });
});

test('the syntax may stand in the outer header, and a part may have no header', () => {
  const part = firstPart(
    latin('--b\r\n\r\nXY\r\n--b--'),
    'multipart/related; boundary=b; type=a/b; transfer-syntax=1.2.3',
  );
  expect({ type: part.contentType, bytes: text(part.bytes) }).toEqual({
    type: 'a/b; transfer-syntax=1.2.3',
    bytes: 'XY',
  });
});

test('an answer that breaks off is refused', () => {
  expect(() => firstPart(latin('--b\r\nA: b\r\n\r\nXY'), 'multipart/related; boundary=b')).toThrow(/truncated/);
  expect(() => firstPart(latin('nothing'), 'multipart/related; boundary=b')).toThrow(/boundary/);
});
