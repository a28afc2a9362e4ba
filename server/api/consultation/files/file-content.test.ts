import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf } from '../../../../tests/factories/refusals.ts';
import { fileContent } from './file-content.ts';

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}
async function judge(bytes: Uint8Array, size = 7) {
  const content = fileContent(inPieces(bytes, size));
  const pieces: Uint8Array[] = [];
  for await (const piece of content.bytes) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
  return content.type;
}
const bytesOf = (text: string) => Buffer.from(text, 'utf8');

test('a file is what it begins with, in whatever pieces it comes', async () => {
  for (const size of [1, 3, 1000]) {
    expect(await judge(bytesOf('%PDF-1.7\n…'), size)).toBe('application/pdf');
    expect(await judge(Buffer.from('ffd8ffe000104a464946', 'hex'), size)).toBe('image/jpeg');
    expect(await judge(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), size)).toBe('image/png');
    expect(await judge(bytesOf('血压 120/80\r\n用药\t阿司匹林'), size)).toBe('text/plain');
    expect(await judge(bytesOf('好'), size)).toBe('text/plain');
  }
});

test('nothing, half a character, control characters and other formats are refused', async () => {
  expect(await codeOf(judge(Buffer.alloc(0)))).toBe('bad-input');
  const others = [
    'MZ\u0000\u0003',
    '\u007fELF\u0002',
    'PK\u0003\u0004',
    'GIF89a\u0001',
    '<svg>\u0000</svg>',
    'a\u001b[2J',
  ];
  for (const text of others)
    expect([text, await codeOf(judge(bytesOf(text)))]).toEqual([text, 'unsupported-media-type']);
  for (const hex of ['e5a5', '61ff', 'd0cf11e0a1b11ae1', '41424344454647484950e5a5'])
    expect([hex, await codeOf(judge(Buffer.from(hex, 'hex')))]).toEqual([hex, 'unsupported-media-type']);
});

test('text that turns into something else late is refused as well', async () => {
  const late = Buffer.concat([bytesOf('记录 '.repeat(5000)), Buffer.from([0])]);
  expect(await codeOf(judge(late, 4096))).toBe('unsupported-media-type');
});

test('any bytes are passed on as they are, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 20 }), async (bytes, size) => {
      const judged = await judge(bytes, size).catch((cause: { code?: string }) => cause.code);
      expect(['text/plain', 'image/jpeg', 'bad-input', 'unsupported-media-type']).toContain(judged);
    }),
  );
});
