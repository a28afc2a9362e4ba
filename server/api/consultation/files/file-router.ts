import { pipeline } from 'node:stream/promises';
import { fileLimits, seatHeader } from '@lianzhen/contracts/consultation-files.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { type Request, type Response, Router } from 'express';
import type { Deps } from '../../deps.ts';
import { ctxOf } from '../../http/request-context.ts';
import { contentDisposition } from './file-name.ts';
import { findFile } from './find-file.ts';
import { type FileDeps, saveFile } from './save-file.ts';
import { openSeatLimit } from './seat-limit.ts';

/** Uploads at once in this process; each holds a connection and a file, and a page can come again. */
const mostUploads = 16;
/** A link that carries nothing for so long is dead; a slow one takes as long as it takes. */
const silentMs = 60_000;
const longestName = 1000;

/** Files of a room's chat: `PUT` and `GET /consultations/:id/files/:fileId` (contracts/consultation-files.ts). */
export function roomFileRouter(deps: FileDeps & Pick<Deps, 'db'>): Router {
  let uploads = 0;
  const countSeat = openSeatLimit();
  const router = Router();
  router.put('/consultations/:consultationId/files/:id', async (req, res) => {
    const ids = idsOf(req);
    const name = nameOf(req);
    const proof = req.get(seatHeader);
    await countSeat(proof, ctxOf(res).address);
    if (Number(req.get('content-length') ?? 0) > fileLimits.bytes) refuseBody(res, 'too-large');
    if (uploads >= mostUploads) refuseBody(res, 'unavailable');
    uploads += 1;
    req.setTimeout(silentMs, () => req.destroy());
    try {
      // Whoever stops reading the body still has to answer on its connection.
      const bytes = req.iterator({ destroyOnReturn: false });
      const file = await saveFile(deps, ctxOf(res), { ...ids, name, proof, bytes });
      res.status(201).json(file);
    } finally {
      uploads -= 1;
      if (!req.readableEnded && !res.headersSent) res.setHeader('Connection', 'close');
    }
  });
  router.get('/consultations/:consultationId/files/:id', async (req, res) => {
    const proof = req.get(seatHeader);
    await countSeat(proof, ctxOf(res).address);
    const { blob, name, type, size, sha256 } = await findFile(deps, ctxOf(res), { ...idsOf(req), proof });
    res.set({
      'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
      'Content-Length': String(size),
      // Saved, never shown: whatever is in it does not run as a page of the hub.
      'Content-Disposition': contentDisposition(name),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'private, no-store',
      // RFC 9530
      'Repr-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    });
    await pipeline(deps.blobs.stream(blob, 0, size), res).catch((cause: unknown) => {
      // Whoever goes away hangs up.
      if (!res.destroyed) throw cause;
    });
  });
  return router;
}

function idsOf({ params }: Request): { consultationId: string; id: string } {
  const [consultationId, id] = [Id.safeParse(params.consultationId), Id.safeParse(params.id)];
  if (!consultationId.success || !id.success) throw new HubError('not-found');
  return { consultationId: consultationId.data, id: id.data };
}

/** @throws `bad-input` */
function nameOf({ query }: Request): string {
  const { name } = query;
  if (typeof name === 'string' && name.length <= longestName) return name;
  throw new HubError('bad-input', { fields: [{ field: 'name', expected: `at most ${longestName} characters` }] });
}

function refuseBody(res: Response, code: 'too-large' | 'unavailable'): never {
  res.setHeader('Connection', 'close');
  if (code === 'unavailable') throw new HubError(code, { reason: 'too many uploads at once', retryAfterSeconds: 5 });
  throw new HubError(code, { most: fileLimits.bytes });
}
