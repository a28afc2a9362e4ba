import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openS3Blobs } from './blob-s3.ts';
import type { BlobStore } from './blobs.ts';
import type { Config } from './config.ts';
import { startS3 } from './s3-for-tests.ts';

let server: Awaited<ReturnType<typeof startS3>>;
let blobs: BlobStore;
beforeEach(async () => {
  server = await startS3();
  blobs = await openS3Blobs({
    S3_ENDPOINT: server.endpoint,
    S3_BUCKET: 'bucket',
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
  } as Config);
});
afterEach(async () => {
  await blobs.close();
  await server.close();
});
async function* bytes(text: string) {
  yield Buffer.from(text);
}
const spools = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('lianzhen-s3-'));

test('a put that the bucket refuses is no blob', async () => {
  server.failures.push('InvalidRequest');
  await expect(blobs.write(bytes('refused'), { maxBytes: 100 })).rejects.toMatchObject({ name: 'InvalidRequest' });
  expect(server.objects.size).toBe(0);
});

test('too much is refused before the bucket hears of it', async () => {
  await expect(blobs.write(bytes('x'.repeat(101)), { maxBytes: 100 })).rejects.toMatchObject({ code: 'too-large' });
  expect(server.requests).toEqual([]);
});

test('the bucket checks what arrives against the name', async () => {
  const { sha256, place } = await blobs.write(bytes('checked'), { maxBytes: 100 });
  expect(place).toBe(`sha256/${sha256.slice(0, 2)}/${sha256}`);
  expect(server.requests).toEqual([`PUT ${place}`]);
});

test('the spool goes with the store, whatever else lies beside it', async () => {
  const before = await spools();
  const other = await openS3Blobs({ S3_ENDPOINT: server.endpoint, S3_BUCKET: 'bucket', S3_REGION: 'r' } as Config);
  expect((await spools()).length).toBeGreaterThan(before.length);
  await other.close();
  expect(await spools()).toEqual(before);
});

test('who stops reading early ends the transfer', async () => {
  const { place } = await blobs.write(bytes('x'.repeat(5_000_000)), { maxBytes: 10_000_000 });
  const stream = blobs.stream(place);
  await new Promise((resolve) => stream.once('data', resolve));
  stream.destroy();
  expect(String(await blobs.read(place, 0, 3))).toBe('xxx');
});
