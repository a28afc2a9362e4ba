import type { Request, Response } from 'express';
import { type Acceptable, parseAccept } from './accept.ts';
import type { RetrievedInstance, RetrievedStudy } from './retrieve-store.ts';

/** A retrieval whose study is in the caller's scope and on record; there is at least one instance. */
export interface Wanted {
  study: RetrievedStudy;
  instances: RetrievedInstance[];
  req: Request;
  res: Response;
}

/** What the client takes: `?accept=` wins over the header (PS3.18 8.3.3.1). */
export function acceptOf(req: Request): Acceptable[] {
  const { accept } = req.query;
  return parseAccept(typeof accept === 'string' ? accept : req.get('accept'));
}

/** Stored bytes do not change: they may be kept by the one browser that was allowed to have them. */
export function allowKeeping(res: Response, etag: string): void {
  res.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  res.setHeader('ETag', `"${etag}"`);
  res.vary('Accept');
}

/** What can change is asked for again each time. @returns true when the client has it already, and was told so */
export function isKept({ req, res }: Wanted, etag: string): boolean {
  res.setHeader('Cache-Control', 'private, no-cache');
  res.setHeader('ETag', `"${etag}"`);
  res.vary('Accept');
  if (!req.fresh) return false;
  res.status(304).end();
  return true;
}
