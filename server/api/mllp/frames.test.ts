import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameError, FrameReader, frame } from './frames.ts';

const text = (messages: Buffer[]) => messages.map((message) => message.toString());

test('messages are cut out however the bytes are divided', () => {
  const message = fc
    .uint8Array({ maxLength: 60 })
    .map((bytes) => Buffer.from(bytes.map((b) => (b === 0x0b || b === 0x1c ? 1 : b))));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), (messages, step) => {
      const stream = Buffer.concat(messages.flatMap((one) => [frame(one), Buffer.from('\r\n')]));
      const reader = new FrameReader(100);
      const found: Buffer[] = [];
      for (let at = 0; at < stream.length; at += step) found.push(...reader.push(stream.subarray(at, at + step)));
      expect(found).toEqual(messages);
      expect(reader.isInside).toBe(false);
    }),
  );
});

test.each([
  ['no frame', 'GET / HTTP/1.1\r\n'],
  ['text after a frame', '\u000bMSH\u001c\rMSH'],
  ['FS without CR', '\u000bMSH\u001cX'],
  ['a frame in a frame', '\u000bMSH\u000bMSH\u001c\r'],
])('%s ends the reading', (_, bytes) => {
  expect(() => new FrameReader(100).push(Buffer.from(bytes))).toThrow(FrameError);
});

test('a message is taken up to its limit and no further, in one piece or many', () => {
  expect(text(new FrameReader(4).push(frame(Buffer.from('1234'))))).toEqual(['1234']);
  expect(() => new FrameReader(4).push(frame(Buffer.from('12345')))).toThrow(FrameError);
  const reader = new FrameReader(4);
  reader.push(Buffer.from('\u000b123'));
  expect(reader.isInside).toBe(true);
  expect(() => reader.push(Buffer.from('45'))).toThrow('above 4 bytes');
});
