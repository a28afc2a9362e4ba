import { pipeline } from 'node:stream/promises';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { type Response, Router } from 'express';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import * as store from './store.ts';

const retryAfterSeconds = 2;

/**
 * The pages' own policy forbids plug-ins, and Chromium shows a PDF by one, in a frame and with styles of its own: under
 * that policy, and in a sandbox, the tab stays blank. Nothing of the document runs as a page of the hub either way.
 */
const shownAsPdf =
  "default-src 'none'; object-src 'self'; frame-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** `GET /report-versions/:id/document.pdf`, for every party of the order. It is made once, soon after the signature. */
export function documentRouter(deps: Pick<Deps, 'db' | 'blobs'>): Router {
  const router = Router();
  router.get('/report-versions/:id/document.pdf', async (req, res) => {
    const id = Id.safeParse(req.params.id);
    if (!id.success) throw new HubError('not-found');
    await sendPdf(deps, res, await findPdf(deps, ctxOf(res), id.data));
  });
  return router;
}

interface Pdf {
  blob: string;
  size: number;
  name: string;
}

/** @throws `not-found` outside the parties; `unavailable` while it is still being made */
export async function findPdf({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<Pdf | undefined> {
  const scope = requireAccess(ctx, 'report:read');
  return db.transaction(async (tx) => {
    const version = await store.version(tx, scope, id);
    const order = store.subjectOf(version.report);
    // One that names the wrong patient is not shown while the right one is being made.
    const pdf = store.currentPdf(version);
    if (!pdf) return undefined;
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'reporting.documentRead',
      patientId: order.patientId,
      objectType: 'version',
      objectId: version.id,
    });
    // The order's number, never the patient's name: a file name stays in download folders.
    return { ...pdf, name: `${order.number.replace(/[^A-Za-z0-9-]/g, '_')}-v${version.number}.pdf` };
  });
}

async function sendPdf({ blobs }: Pick<Deps, 'blobs'>, res: Response, pdf: Pdf | undefined): Promise<void> {
  if (!pdf) {
    res.setHeader('Retry-After', String(retryAfterSeconds));
    throw new HubError('unavailable', { expected: 'the document is being made' });
  }
  res.setHeader('Content-Type', 'application/pdf');
  res.setHeader('Content-Length', String(pdf.size));
  res.setHeader('Content-Disposition', `inline; filename="${pdf.name}"`);
  res.setHeader('Content-Security-Policy', shownAsPdf);
  res.setHeader('Cache-Control', 'no-store');
  await pipeline(blobs.stream(pdf.blob), res);
}
