import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, pipeline, Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { isFull, writeWhole } from './blob-bytes.ts';
import type { BlobStore } from './blobs.ts';
import type { Config } from './config.ts';

/**
 * Blobs in a bucket, named by their SHA-256. S3 wants length and checksum before the first byte, so an incoming
 * stream rests in a temporary file; the bucket's answer to the put is the durable commit.
 */
export async function openS3Blobs(config: Config): Promise<BlobStore> {
  const Bucket = config.S3_BUCKET ?? '';
  const client = new S3Client({
    region: config.S3_REGION,
    endpoint: config.S3_ENDPOINT,
    forcePathStyle: config.S3_ENDPOINT !== undefined,
    credentials:
      config.S3_ACCESS_KEY_ID && config.S3_SECRET_ACCESS_KEY
        ? { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY }
        : undefined,
  });
  await removeAbandoned();
  const spool = await mkdtemp(join(tmpdir(), spoolPrefix));
  const get = async (Key: string, offset: number, length?: number): Promise<Readable> => {
    const isWhole = offset === 0 && length === undefined;
    const Range = isWhole ? undefined : `bytes=${offset}-${length === undefined ? '' : offset + length - 1}`;
    if (length === 0) return Readable.from([]);
    const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range })).catch((cause: { name?: string }) => {
      // Behind the last byte there is nothing, as in a file.
      if (cause.name === 'InvalidRange') return { Body: Readable.from([]) };
      throw cause;
    });
    return answer.Body as Readable;
  };
  return {
    async write(source, { maxBytes }) {
      // Another process may have taken a spool that was idle for long for an abandoned one.
      await mkdir(spool, { recursive: true });
      const path = join(spool, randomUUID());
      try {
        const { sha256, size } = await spoolAndHash(path, source, maxBytes);
        const place = `sha256/${sha256.slice(0, 2)}/${sha256}`;
        const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
        await client.send(
          new PutObjectCommand({
            Bucket,
            Key: place,
            Body: createReadStream(path),
            ContentLength: size,
            ChecksumSHA256,
          }),
        );
        return { place, sha256, size };
      } catch (cause) {
        if (isFull(cause)) throw new HubError('storage-full', {}, { cause });
        throw cause;
      } finally {
        await rm(path, { force: true });
      }
    },
    async read(place, offset = 0, length) {
      const pieces: Buffer[] = [];
      for await (const piece of await get(place, offset, length)) pieces.push(piece as Buffer);
      return Buffer.concat(pieces);
    },
    stream(place, offset = 0, length) {
      const out = new PassThrough();
      get(place, offset, length).then(
        // Whoever stops reading early ends the transfer as well.
        (body) => pipeline(body, out, () => undefined),
        (cause) => out.destroy(cause),
      );
      return out;
    },
    size: async (place) => (await client.send(new HeadObjectCommand({ Bucket, Key: place }))).ContentLength ?? 0,
    // The same bytes under another row are the same object.
    discard: async () => undefined,
    remove: async (place) => void (await client.send(new DeleteObjectCommand({ Bucket, Key: place }))),
    async close() {
      client.destroy();
      await rm(spool, { recursive: true, force: true });
    },
  };
}

const spoolPrefix = 'lianzhen-s3-';

/** The spools of processes that were killed: nothing in them was acknowledged. */
async function removeAbandoned(): Promise<void> {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of (await readdir(tmpdir())).filter((one) => one.startsWith(spoolPrefix))) {
    const path = join(tmpdir(), name);
    const age = await stat(path).catch(() => undefined);
    if (age && age.mtimeMs < dayAgo) await rm(path, { recursive: true, force: true });
  }
}

async function spoolAndHash(path: string, source: AsyncIterable<Uint8Array>, maxBytes: number) {
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  let size = 0;
  try {
    for await (const piece of source) {
      size += piece.length;
      if (size > maxBytes) throw new HubError('too-large', { limit: maxBytes });
      hash.update(piece);
      await writeWhole(file, [piece]);
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}
