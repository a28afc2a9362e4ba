import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDirectoryBlobs } from './blob-directory.ts';
import { openS3Blobs } from './blob-s3.ts';
import type { BlobStore } from './blobs.ts';
import type { Config } from './config.ts';
import { startS3 } from './s3-for-tests.ts';

/** A store, and the names of what a reader could find in it. */
interface Opened {
  blobs: BlobStore;
  found: () => Promise<string[]>;
  close: () => Promise<void>;
}

async function directory(): Promise<Opened> {
  const root = await mkdtemp(join(tmpdir(), 'blobs-'));
  const blobs = await openDirectoryBlobs(root);
  const found = async () =>
    (await readdir(root, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return { blobs, found, close: () => rm(root, { recursive: true }) };
}

async function s3(): Promise<Opened> {
  const server = await startS3();
  const blobs = await openS3Blobs({
    S3_ENDPOINT: server.endpoint,
    S3_BUCKET: 'bucket',
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'secret',
  } as Config);
  return {
    blobs,
    found: async () => [...server.objects.keys()],
    close: async () => {
      await blobs.close();
      await server.close();
    },
  };
}

async function* pieces(...parts: Array<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');
const maxBytes = 1_000_000;

describe.each([
  ['directory', directory],
  ['S3', s3],
])('blobs in %s', (_, open) => {
  let store: Opened;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  test('are named by what they are, and read back', async () => {
    const { blobs } = store;
    const blob = await blobs.write(pieces('hello ', '', 'world'), { maxBytes });
    expect(blob).toMatchObject({ sha256: sha256('hello world'), size: 11 });
    expect(String(await blobs.read(blob.place))).toBe('hello world');
    expect(await blobs.size(blob.place)).toBe(11);
  });

  test('are found at once, by parts, and as a stream', async () => {
    const { blobs } = store;
    const { place } = await blobs.write(pieces('0123456789'), { maxBytes });
    expect(String(await blobs.read(place, 3))).toBe('3456789');
    expect(String(await blobs.read(place, 3, 4))).toBe('3456');
    expect(String(await blobs.read(place, 8, 100))).toBe('89');
    expect(await blobs.read(place, 10)).toHaveLength(0);
    expect(await blobs.read(place, 50, 5)).toHaveLength(0);
    expect(await blobs.read(place, 2, 0)).toHaveLength(0);
    expect(String(Buffer.concat(await blobs.stream(place, 2, 5).toArray()))).toBe('23456');
    expect(String(Buffer.concat(await blobs.stream(place).toArray()))).toBe('0123456789');
  });

  test('with the same bytes are one', async () => {
    const { blobs, found } = store;
    const [first, second] = await Promise.all([
      blobs.write(pieces('same bytes'), { maxBytes }),
      blobs.write(pieces('same ', 'bytes'), { maxBytes }),
    ]);
    expect(second).toEqual(first);
    expect((await found()).filter((name) => name.endsWith(sha256('same bytes')))).toHaveLength(1);
  });

  test('may be empty', async () => {
    const blob = await store.blobs.write(pieces(), { maxBytes });
    expect(blob).toMatchObject({ sha256: sha256(''), size: 0 });
    expect(await store.blobs.read(blob.place)).toHaveLength(0);
    expect(await store.blobs.stream(blob.place).toArray()).toHaveLength(0);
  });

  test('that are too large leave nothing', async () => {
    const before = await store.found();
    const writing = store.blobs.write(pieces('x'.repeat(60), 'x'.repeat(41)), { maxBytes: 100 });
    await expect(writing).rejects.toMatchObject({ code: 'too-large', details: { limit: 100 } });
    expect(await store.found()).toEqual(before);
    expect(await store.blobs.write(pieces('y'.repeat(100)), { maxBytes: 100 })).toMatchObject({ size: 100 });
  });

  test('whose sender goes away leave nothing', async () => {
    const before = await store.found();
    async function* broken() {
      yield Buffer.from('the beginning');
      throw new Error('connection reset');
    }
    await expect(store.blobs.write(broken(), { maxBytes })).rejects.toThrow('connection reset');
    expect(await store.found()).toEqual(before);
  });

  test('cannot be seen before they are whole', async () => {
    const { promise: rest, resolve: go } = Promise.withResolvers<void>();
    const { promise: begun, resolve: began } = Promise.withResolvers<void>();
    async function* slow() {
      yield Buffer.from('half');
      began();
      await rest;
      yield Buffer.from(' and half');
    }
    const writing = store.blobs.write(slow(), { maxBytes });
    await begun;
    const names = (await store.found()).filter((name) => name.startsWith('sha256/'));
    for (const name of names) expect(await store.blobs.size(name)).toBe((await store.blobs.read(name)).length);
    expect(names.some((name) => name.endsWith(sha256('half')))).toBe(false);
    go();
    await store.blobs.size((await writing).place);
  });

  test('many at once do not mix', async () => {
    const texts = Array.from({ length: 40 }, (_, at) => `number ${at} `.repeat(at + 1));
    const written = await Promise.all(texts.map((text) => store.blobs.write(pieces(...text), { maxBytes })));
    for (const [at, { place }] of written.entries()) expect(String(await store.blobs.read(place))).toBe(texts[at]);
  });

  test('are gone once removed, and others stay', async () => {
    const { blobs } = store;
    const gone = await blobs.write(pieces('to be removed'), { maxBytes });
    const kept = await blobs.write(pieces('to be kept'), { maxBytes });
    await blobs.remove(gone.place);
    await expect(blobs.read(gone.place)).rejects.toThrow();
    await expect(blobs.stream(gone.place).toArray()).rejects.toThrow();
    await expect(blobs.size(gone.place)).rejects.toThrow();
    expect(String(await blobs.read(kept.place))).toBe('to be kept');
  });
});
