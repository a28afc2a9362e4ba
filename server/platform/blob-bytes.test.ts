import { expect, test } from 'vitest';
import { writeWhole } from './blob-bytes.ts';

test('pieces that the disk takes in parts are written whole, each at its place', async () => {
  const disk = Buffer.alloc(20, '.');
  const file = {
    writev: async (buffers: readonly Uint8Array[], position = 0) => {
      const bytes = Buffer.concat(buffers).subarray(0, 3);
      bytes.copy(disk, position);
      return { bytesWritten: bytes.length, buffers };
    },
  };
  await writeWhole(file as never, ['01234', '', '567', '89'].map(Buffer.from as (text: string) => Buffer), 5);
  expect(String(disk)).toBe('.....0123456789.....');
});
