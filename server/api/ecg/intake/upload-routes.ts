import { HubError } from '@lianzhen/contracts/errors.ts';
import { Id } from '@lianzhen/contracts/fields.ts';
import { type Request, type Response, Router } from 'express';
import type { Deps } from '../../deps.ts';
import { ctxOf } from '../../http/request-context.ts';
import { openIntake } from '../../imaging/intake.ts';
import { stowSource } from '../../imaging/stow-source.ts';
import { PreparePool } from './prepare-pool.ts';
import { readBody } from './read-body.ts';
import { receiveTrace } from './receive-trace.ts';
import { sentName } from './sent-name.ts';

/** Uploads at once in this process; each holds its file in memory, and a sender can come again. */
const mostUploads = 8;

/**
 * `POST /ecg/traces`: the file is the body, of any supported format. `?orderId=` or `?orderExamId=` names what it was
 * recorded for, `?replaces=` the trace that it repeats, `?name=` or Content-Disposition the file, `?facility=` (a code)
 * the facility of a person who has several. Answers `{ id, warnings }`, 201 for a new one and 200 for one that is known.
 */
export function uploadRoutes(deps: Deps): Router {
  const receiving = { deps, intake: openIntake(deps), pool: new PreparePool() };
  let uploads = 0;
  const upload = async (req: Request, res: Response): Promise<void> => {
    const ctx = ctxOf(res);
    const facilityCode = textOf(req.query.facility);
    // Before a byte is read.
    stowSource(ctx, facilityCode);
    const named = {
      ...idOf(req, 'orderId'),
      ...idOf(req, 'orderExamId'),
      ...idOf(req, 'replaces'),
    };
    if (uploads >= mostUploads)
      throw new HubError('unavailable', { reason: 'too many uploads at once', retryAfterSeconds: 5 });
    uploads += 1;
    try {
      const bytes = await readBody(req);
      const name = sentName(req.query.name, req.get('content-disposition'));
      const { id, warnings, isNew } = await receiveTrace(receiving, ctx, { bytes, name, facilityCode, ...named });
      res.setHeader('Cache-Control', 'no-store');
      res.status(isNew ? 201 : 200).json({ id, warnings });
    } finally {
      uploads -= 1;
    }
  };
  const router = Router();
  router.post('/ecg/traces', async (req, res) => {
    try {
      await upload(req, res);
    } finally {
      // Whatever is still on its way is not read: the connection cannot be used again.
      if (!req.readableEnded && !res.headersSent) res.setHeader('Connection', 'close');
    }
  });
  return router;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** @throws `bad-input` naming the field */
function idOf<F extends 'orderId' | 'orderExamId' | 'replaces'>(
  { query }: Request,
  field: F,
): Partial<Record<F, string>> {
  const given = query[field];
  if (given === undefined || given === '') return {};
  const parsed = Id.safeParse(given);
  if (!parsed.success) throw new HubError('bad-input', { fields: [{ field, expected: 'an id' }] });
  return { [field]: parsed.data } as Partial<Record<F, string>>;
}
