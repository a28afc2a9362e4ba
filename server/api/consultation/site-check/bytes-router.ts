import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { mostProbeBytes } from '@lianzhen/contracts/site-check.ts';
import { type Response, Router } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { requireAccess, requirePerson } from '../../context.ts';
import { ctxOf } from '../../http/request-context.ts';

/** A check takes some dozens of requests; bytes, not requests, are what costs the hub. */
const perPerson = new RateLimiterMemory({ points: 256, duration: 60 });
const pointBytes = 1024 * 1024;
/** Longer than any proxy's compression looks back, so that nothing on the way makes it smaller. */
const noise = randomBytes(pointBytes);

/** `GET /site-checks/bytes?size=` sends random bytes, `POST /site-checks/bytes` takes bytes and forgets them. */
export function bytesRouter(): Router {
  const router = Router();
  router.get('/site-checks/bytes', async (req, res) => {
    const size = Number(req.query.size);
    if (!Number.isInteger(size) || size < 1 || size > mostProbeBytes)
      throw new HubError('bad-input', { field: 'size', expected: `1 to ${mostProbeBytes}` });
    await spend(res, size);
    res.setHeader('Content-Type', 'application/octet-stream');
    res.setHeader('Content-Length', String(size));
    res.setHeader('Cache-Control', 'no-store, no-transform');
    await pipeline(Readable.from(noiseOf(size)), res).catch((cause: unknown) => {
      // The page stops reading when its seconds are over: that is how a slow link is measured, and no failure.
      if (!res.destroyed) throw cause;
    });
  });
  router.post('/site-checks/bytes', async (req, res) => {
    const announced = Number(req.get('content-length') ?? mostProbeBytes);
    if (announced > mostProbeBytes) throw new HubError('too-large', { expected: `at most ${mostProbeBytes} bytes` });
    await spend(res, announced);
    let bytes = 0;
    for await (const part of req as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostProbeBytes) throw new HubError('too-large', { expected: `at most ${mostProbeBytes} bytes` });
    }
    res.json({ bytes });
  });
  return router;
}

function* noiseOf(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= pointBytes) yield left < pointBytes ? noise.subarray(0, left) : noise;
}

async function spend(res: Response, bytes: number): Promise<void> {
  const ctx = ctxOf(res);
  requireAccess(ctx, 'site-check:run');
  const points = Math.ceil(bytes / pointBytes);
  await perPerson.consume(requirePerson(ctx).accountId, points).catch((full: RateLimiterRes) => {
    throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
  });
}
