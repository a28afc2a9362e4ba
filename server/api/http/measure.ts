import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { requestSeconds } from '@lianzhen/platform/metrics.ts';
import type { AnyContractProcedure } from '@orpc/contract';
import type { NextFunction, Request, Response } from 'express';

const firstPart = (path: string | undefined): string => path?.split('/')[1] ?? '';
/** The closed list of labels: what a caller makes up is counted together, for each new label is kept for ever. */
const known: Record<string, ReadonlySet<string>> = {
  api: new Set(Object.values(hubContract).flatMap((word) => Object.values(word).map(pathOf).map(firstPart))),
  dicomweb: new Set(['studies', 'series', 'instances']),
  fhir: new Set(['R4']),
};
function pathOf(procedure: AnyContractProcedure): string | undefined {
  return procedure['~orpc'].route.path;
}

/** Times every request by its first path parts; ids stay out of the labels. */
export function measureRequests(req: Request, res: Response, next: NextFunction): void {
  const end = requestSeconds.startTimer();
  const [, first = '', second = ''] = req.path.split('/');
  const words = Object.hasOwn(known, first) ? known[first] : undefined;
  const route = words ? `/${first}/${words.has(second) ? second : ''}` : '/web';
  res.once('close', () => end({ method: req.method, route, status: String(res.statusCode) }));
  next();
}
