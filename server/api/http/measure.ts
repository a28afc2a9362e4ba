import { requestSeconds } from '@lianzhen/platform/metrics.ts';
import type { NextFunction, Request, Response } from 'express';

/** Times every request by its first path parts; ids stay out of the labels. */
export function measureRequests(req: Request, res: Response, next: NextFunction): void {
  const end = requestSeconds.startTimer();
  const [, first = '', second = ''] = req.path.split('/');
  const known = ['api', 'dicomweb', 'fhir'].includes(first);
  const route = known ? `/${first}/${/^[a-zA-Z-]+$/.test(second) ? second : ''}` : '/web';
  res.once('close', () => end({ method: req.method, route, status: String(res.statusCode) }));
  next();
}
