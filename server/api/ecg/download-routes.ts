import { pipeline } from 'node:stream/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import { AccessNotes } from '../imaging/access-notes.ts';
import { type FoundTrace, findTrace } from './find-trace.ts';
import { fileNameOf } from './original-name.ts';
import { overviewBytes, windowBytes } from './send-window.ts';

const Window = z.object({
  recording: z.coerce.number().int().min(0).max(63).default(0),
  fromMs: z.coerce.number().min(0).max(1e10).optional(),
  toMs: z.coerce.number().min(0).max(1e10).optional(),
});
const Level = Window.extend({ level: z.coerce.number().int().min(1).max(1e9) });

/** `GET /ecg/traces/{id}/original`, `/window` and `/overview` (contracts/ecg-window.ts). */
export function downloadRoutes(deps: Deps): Router {
  const notes = new AccessNotes(deps.db);
  const find = async (req: Request, res: Response): Promise<FoundTrace> => {
    const id = Id.safeParse(req.params.id);
    if (!id.success) throw new HubError('not-found');
    const ctx: Ctx = ctxOf(res);
    const found = await deps.db.transaction((tx) => findTrace(tx, ctx, id.data));
    await notes.note(ctx, found.study);
    return found;
  };
  const router = Router();
  router.get('/ecg/traces/:id/original', async (req, res) => sendOriginal(deps, await find(req, res), res));
  router.get('/ecg/traces/:id/window', async (req, res) => {
    const asked = parsed(Window, req.query);
    await sendBytes(res, await windowBytes(deps, await find(req, res), asked));
  });
  router.get('/ecg/traces/:id/overview', async (req, res) => {
    const asked = parsed(Level, req.query);
    await sendBytes(res, await overviewBytes(deps, await find(req, res), asked));
  });
  return router;
}

/** @throws `bad-input` naming the fields */
function parsed<T extends z.ZodType>(shape: T, query: unknown): z.output<T> {
  const result = shape.safeParse(query);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), expected: message }));
  throw new HubError('bad-input', { fields });
}

async function sendOriginal({ blobs }: Pick<Deps, 'blobs'>, { trace, instance }: FoundTrace, res: Response) {
  const { originalBlob, originalSize, originalType } = trace;
  const isInstance = originalBlob === null || originalSize === null;
  const [blob, size] = isInstance ? [instance.blob, instance.size] : [originalBlob, originalSize];
  res.set({
    'Content-Type': isInstance ? 'application/dicom' : (originalType ?? 'application/octet-stream'),
    'Content-Length': String(size),
    // Saved, never shown: whatever is in it does not run as a page of the hub. A picture is shown from its bytes.
    'Content-Disposition': `attachment; filename="${fileNameOf(trace)}"`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
  await pipeline(blobs.stream(blob, 0, size), res).catch((cause: unknown) => {
    // Whoever goes away hangs up.
    if (!res.destroyed) throw cause;
  });
}

async function sendBytes(res: Response, parts: Uint8Array[]): Promise<void> {
  res.set({
    'Content-Type': 'application/octet-stream',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  });
  res.send(Buffer.concat(parts));
}
