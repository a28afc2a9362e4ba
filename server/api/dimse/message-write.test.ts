import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentBytes, streamedPdus } from './message-write.ts';
import { PduReader } from './pdu-reader.ts';

test('fragments keep to the smaller of both limits and are even', () => {
  expect(fragmentBytes(16_384, 131_072)).toBe(16_378);
  expect(fragmentBytes(0, 131_072)).toBe(131_066);
  expect(fragmentBytes(1_001, 131_072)).toBe(994);
});

test('a streamed data set arrives whole, in even fragments of the allowed size, with one end', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const bytes = given.map((piece) => Buffer.from(piece));
      const reader = new PduReader({ pduBytes: 22, associateBytes: 1, contexts: 1 });
      const read: Buffer[] = [];
      const ends: boolean[] = [];
      for await (const pdu of streamedPdus(1, stream(bytes), 16)) {
        const events = [...reader.feed(Buffer.concat(pdu))];
        for (const event of events) {
          if (event.kind !== 'data') throw new Error('not data');
          read.push(event.bytes);
          ends.push(event.isLast);
        }
      }
      expect(Buffer.concat(read)).toEqual(Buffer.concat(bytes));
      expect(read.slice(0, -1).every(({ length }) => length === 16)).toBe(true);
      expect(ends).toEqual(ends.map((_, index) => index === ends.length - 1));
    }),
    { seed: 11, numRuns: 200 },
  );
});

async function* stream(pieces: Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}
