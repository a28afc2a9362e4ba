import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDirectoryBlobs } from './blob-directory.ts';
import type { BlobStore } from './blobs.ts';
import { blockBytes } from './rooms.ts';

let root: string;
let blobs: BlobStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bundles-'));
  blobs = await openDirectoryBlobs(root);
});
afterEach(async () => {
  await blobs.close();
  await rm(root, { recursive: true });
});

async function* inPieces(bytes: Buffer, size = 700) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const write = (bytes: Buffer, group: string | undefined = 'study', store = blobs) =>
  store.write(inPieces(bytes), { maxBytes: 4_000_000, group });
async function bundleFiles(): Promise<string[]> {
  const names = await readdir(join(root, 'bundle'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.includes('/')).map((name) => join(root, 'bundle', name));
}

test('what comes together lies in one file, and each is read back alone', async () => {
  const all = Array.from({ length: 60 }, (_, at) => randomBytes(1 + at * 37));
  const written = await Promise.all(all.map((bytes) => write(bytes)));
  expect(await bundleFiles()).toHaveLength(1);
  for (const [at, blob] of written.entries()) {
    const bytes = all[at] as Buffer;
    expect(blob).toMatchObject({ size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    expect((await blobs.read(blob.place)).equals(bytes)).toBe(true);
    expect(await blobs.size(blob.place)).toBe(bytes.length);
  }
});

test('nothing is read beyond an entry', async () => {
  const [first] = [await write(Buffer.from('0123456789')), await write(Buffer.from('neighbour'))];
  expect(String(await blobs.read(first.place, 8, 100))).toBe('89');
  expect(String(await blobs.read(first.place, 3))).toBe('3456789');
  expect(await blobs.read(first.place, 10, 5)).toHaveLength(0);
  expect(await blobs.read(first.place, 50)).toHaveLength(0);
  expect(String(Buffer.concat(await blobs.stream(first.place, 2, 5).toArray()))).toBe('23456');
  expect(String(Buffer.concat(await blobs.stream(first.place).toArray()))).toBe('0123456789');
  expect(await blobs.stream(first.place, 10).toArray()).toEqual([]);
});

test('each study has its own, a large blob a file, and what names no study too', async () => {
  await write(Buffer.from('one'), 'first');
  await write(Buffer.from('two'), 'second');
  expect(await bundleFiles()).toHaveLength(2);
  const large = randomBytes(1_500_000);
  for (const blob of [await write(large), await blobs.write(inPieces(large), { maxBytes: 4_000_000 })]) {
    expect(blob.place).toMatch(/^sha256\//);
    expect((await blobs.read(blob.place)).equals(large)).toBe(true);
  }
});

test('a sender that is lost, or sends too much, leaves nothing between the others', async () => {
  async function* lost() {
    yield Buffer.from('the beginning');
    throw new Error('connection reset');
  }
  const before = await write(Buffer.from('before'));
  await expect(blobs.write(lost(), { maxBytes: 100, group: 'study' })).rejects.toThrow('connection reset');
  const tooMuch = blobs.write(inPieces(Buffer.alloc(101)), { maxBytes: 100, group: 'study' });
  await expect(tooMuch).rejects.toMatchObject({ code: 'too-large' });
  const after = await write(Buffer.from('after'));
  expect([String(await blobs.read(before.place)), String(await blobs.read(after.place))]).toEqual(['before', 'after']);
  const [file = ''] = await bundleFiles();
  expect((await stat(file)).size).toBe(2 * blockBytes);
});

test('what nothing refers to gives its room back, as long as it is the last', async () => {
  const first = await write(Buffer.from('first'));
  const again = await write(Buffer.from('again'));
  await blobs.discard(first.place);
  await blobs.discard(again.place);
  const third = await write(Buffer.from('third'));
  expect(third.place).toBe(again.place);
  expect([String(await blobs.read(first.place)), String(await blobs.read(third.place))]).toEqual(['first', 'third']);
});

test('a bundle in which nothing is left goes, and is cut to what it holds', async () => {
  const kept = await write(Buffer.from('kept'), 'kept');
  await blobs.discard((await write(Buffer.from('given back'), 'kept')).place);
  await blobs.discard((await write(Buffer.from('given back'), 'gone')).place);
  await blobs.close();
  const [file = '', ...more] = await bundleFiles();
  expect(more).toEqual([]);
  expect((await stat(file)).size).toBe(blockBytes);
  blobs = await openDirectoryBlobs(root);
  expect(String(await blobs.read(kept.place))).toBe('kept');
});

test('two processes never write into one file', async () => {
  const other = await openDirectoryBlobs(root);
  const [mine, theirs] = await Promise.all([write(Buffer.from('mine')), write(Buffer.from('theirs'), 'study', other)]);
  expect(await bundleFiles()).toHaveLength(2);
  expect(String(await blobs.read(theirs.place))).toBe('theirs');
  expect(String(await other.read(mine.place))).toBe('mine');
  await other.close();
});

test('a bundle says of itself what is in it, up to a torn end', async () => {
  const bytes = randomBytes(300);
  await write(bytes);
  await blobs.close();
  const [file = ''] = await bundleFiles();
  await appendFile(file, Buffer.from('LZB1 torn'));
  const raw = await readFile(file);
  expect(raw.toString('latin1', 0, 4)).toBe('LZB1');
  const size = Number(raw.readBigUInt64LE(8));
  expect(raw.subarray(48, 48 + size).equals(bytes)).toBe(true);
  expect(raw.toString('hex', 16, 48)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('an entry whose bundle lost its end is not there', async () => {
  const { place } = await write(Buffer.from('0123456789'));
  const [file = ''] = await bundleFiles();
  await truncate(file, 50);
  await expect(blobs.size(place)).rejects.toThrow('shorter');
});

test.each(['bundle/20261122/../../secret:0:5', 'bundle/20261122/x:0', 'bundle/20261122/x:-1:5', 'bundle/x/y:0:1'])(
  '%s is no place',
  async (place) => {
    await expect(blobs.read(place)).rejects.toThrow();
  },
);

test('many groups at once, more than stay open, all keep what they were given', async () => {
  const written = await Promise.all(
    Array.from({ length: 150 }, async (_, at) => write(Buffer.from(`entry ${at}`), `study ${at % 100}`)),
  );
  for (const [at, { place }] of written.entries()) expect(String(await blobs.read(place))).toBe(`entry ${at}`);
});
