import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Request } from 'express';

/** Of an upload. What is longer comes as DICOM, which is streamed. */
export const mostUploadBytes = 64 * 1024 * 1024;
const silentMs = 60_000;
const longestMs = 600_000;

/**
 * The whole body of a request. Whoever sends nothing for a minute, or is not done after ten, is cut off.
 * @throws HubError `too-large`, `malformed-request` for an empty one, or what the connection threw
 */
export async function readBody(req: Request): Promise<Buffer> {
  const tooLarge = () => new HubError('too-large', { most: mostUploadBytes });
  if (Number(req.get('content-length') ?? 0) > mostUploadBytes) throw tooLarge();
  req.setTimeout(silentMs, () => req.destroy());
  const timer = setTimeout(() => req.destroy(), longestMs);
  try {
    const pieces: Buffer[] = [];
    let size = 0;
    // Whoever stops reading the body still has to answer on its connection.
    for await (const piece of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > mostUploadBytes) throw tooLarge();
      pieces.push(piece);
    }
    if (size === 0) throw new HubError('malformed-request', { expected: 'a file as the body' });
    return Buffer.concat(pieces, size);
  } finally {
    clearTimeout(timer);
  }
}
