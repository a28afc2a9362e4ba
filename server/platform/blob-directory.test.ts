import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDirectoryBlobs } from './blob-directory.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  root = join(folder, 'blobs');
});
afterEach(() => rm(folder, { recursive: true }));

async function* bytes(text: string) {
  yield Buffer.from(text);
}

test.each(['../secret', 'sha256/../../secret', '/etc/passwd', '..', '.', '', 'sha256/../..'])(
  'nothing outside the store is reached by %j',
  async (place) => {
    const blobs = await openDirectoryBlobs(root);
    await writeFile(join(folder, 'secret'), 'secret');
    for (const reach of [() => blobs.read(place), () => blobs.size(place), () => blobs.remove(place)])
      await expect(reach()).rejects.toMatchObject({ code: 'not-found' });
    expect(() => blobs.stream(place)).toThrow();
    expect((await stat(join(folder, 'secret'))).size).toBe(6);
  },
);

test('a folder whose name begins like the store’s is not the store', async () => {
  const blobs = await openDirectoryBlobs(root);
  await mkdir(`${root}-other`);
  await writeFile(`${root}-other/file`, 'x');
  await expect(blobs.read('../blobs-other/file')).rejects.toMatchObject({ code: 'not-found' });
});

test('what a killed process left is cleaned up a day later; what another process writes stays', async () => {
  const incoming = join(root, 'incoming');
  await mkdir(incoming, { recursive: true });
  await writeFile(join(incoming, 'abandoned'), 'half');
  await writeFile(join(incoming, 'being-written'), 'half');
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(incoming, 'abandoned'), twoDaysAgo, twoDaysAgo);
  const blobs = await openDirectoryBlobs(root);
  expect(await readdir(incoming)).toEqual(['being-written']);
  await blobs.write(bytes('whole'), { maxBytes: 10 });
  expect(await readdir(incoming)).toEqual(['being-written']);
});

test('blobs outlive the process that wrote them', async () => {
  const { place } = await (await openDirectoryBlobs(root)).write(bytes('kept'), { maxBytes: 10 });
  expect(String(await (await openDirectoryBlobs(root)).read(place))).toBe('kept');
});

test('a full disk is told as such', async () => {
  const blobs = await openDirectoryBlobs(root);
  async function* full(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  }
  await expect(blobs.write(full(), { maxBytes: 10 })).rejects.toMatchObject({ code: 'storage-full' });
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
});
