import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { multipartRelated } from '@lianzhen/dicom/mime.ts';
import type { Response } from 'express';

export interface AnswerPart {
  contentType: string;
  contentLocation?: string;
  bytes: () => AsyncIterable<Buffer> | Iterable<Buffer>;
}

/** Sends parts one after the other as fast as the client takes them. Breaks off where a part cannot be read. */
export async function sendMultipart(res: Response, partType: string, parts: Iterable<AnswerPart>): Promise<void> {
  const boundary = randomUUID();
  res.setHeader('Content-Type', multipartRelated(partType, boundary));
  await pipeline(Readable.from(multipartBytes(parts, boundary), { objectMode: false }), res);
}

async function* multipartBytes(parts: Iterable<AnswerPart>, boundary: string): AsyncGenerator<Buffer> {
  for (const { contentType, contentLocation, bytes } of parts) {
    const location = contentLocation === undefined ? '' : `Content-Location: ${contentLocation}\r\n`;
    yield Buffer.from(`--${boundary}\r\nContent-Type: ${contentType}\r\n${location}\r\n`);
    yield* bytes();
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

export async function sendWhole(
  res: Response,
  contentType: string,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  res.setHeader('Content-Type', contentType);
  await pipeline(Readable.from(bytes, { objectMode: false }), res);
}
