import { HubError } from '@lianzhen/contracts/errors.ts';
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { ctxOf } from './request-context.ts';

export interface RequestLimit {
  points: number;
  /** Seconds. */
  duration: number;
}

/**
 * A bound against one caller's flood, generous to a viewer that fetches hundreds of frames.
 * Per process on purpose: it protects this process and needs no other service to do so.
 */
export function limitRequests({ points, duration }: RequestLimit = { points: 6000, duration: 10 }) {
  const perCaller = new RateLimiterMemory({ points, duration });
  return async (_req: Request, res: Response, next: NextFunction): Promise<void> => {
    const { actor, address } = ctxOf(res);
    const key =
      actor.kind === 'person' ? actor.accountId : actor.kind === 'machine' ? actor.tokenId : `address ${address}`;
    await perCaller.consume(key).catch((full: RateLimiterRes) => {
      throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
    });
    next();
  };
}
