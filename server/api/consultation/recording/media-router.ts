import { pipeline } from 'node:stream/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { type Response, Router } from 'express';
import { recordRead } from '../../audit/record-read.ts';
import { type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { ctxOf } from '../../http/request-context.ts';
import { byteRange } from './byte-range.ts';
import * as store from './store.ts';

/** `GET /recordings/:id/media.mp4`, whole or a range: players ask for what they are about to show. */
export function recordingRouter(deps: Pick<Deps, 'db' | 'blobs'>): Router {
  const router = Router();
  router.get('/recordings/:id/media.mp4', async (req, res) => {
    const id = Id.safeParse(req.params.id);
    if (!id.success) throw new HubError('not-found');
    await sendMedia(deps, res, await findMedia(deps, ctxOf(res), id.data), req.get('range'));
  });
  return router;
}

/** @throws `not-found` outside the facilities that have a part in the consultation, or where there is no file */
async function findMedia({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<{ blob: string; size: number }> {
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const { blob, size, consultation } = await store.readyMedia(tx, scope, id);
    if (blob === null || size === null) throw new HubError('not-found');
    // A player asks a hundred times: within a minute it is one look.
    await recordRead(tx, ctx, {
      action: 'consultation.recordingRead',
      patientId: consultation.patientId,
      objectType: 'recording',
      objectId: id,
    });
    return { blob, size: Number(size) };
  });
}

async function sendMedia(
  { blobs }: Pick<Deps, 'blobs'>,
  res: Response,
  { blob, size }: { blob: string; size: number },
  asked: string | undefined,
): Promise<void> {
  const range = byteRange(asked, size);
  res.setHeader('Accept-Ranges', 'bytes');
  res.setHeader('Cache-Control', 'no-store');
  if (range === 'unsatisfiable') {
    res.status(416).setHeader('Content-Range', `bytes */${size}`).end();
    return;
  }
  const { from, to } = range === 'whole' ? { from: 0, to: size - 1 } : range;
  res.setHeader('Content-Type', 'video/mp4');
  res.setHeader('Content-Length', String(to - from + 1));
  if (range !== 'whole') res.status(206).setHeader('Content-Range', `bytes ${from}-${to}/${size}`);
  await pipeline(blobs.stream(blob, from, to - from + 1), res).catch((cause: unknown) => {
    // Whoever jumps elsewhere hangs up.
    if (!res.destroyed) throw cause;
  });
}
