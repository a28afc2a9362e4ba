import { HubError } from '@lianzhen/contracts/errors.ts';
import type { NextFunction, Request, Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Deps } from '../deps.ts';
import { ctxOf } from './request-context.ts';

/**
 * A bound against one caller's flood, generous to a viewer that fetches hundreds of frames.
 * Per process on purpose: it protects this process and needs no other service to do so.
 */
export function limitRequests(_deps: Pick<Deps, 'config'>) {
  const perCaller = new RateLimiterMemory({ points: 6000, duration: 10 });
  return async (_req: Request, res: Response, next: NextFunction): Promise<void> => {
    const { actor, address } = ctxOf(res);
    const key =
      actor.kind === 'person' ? actor.accountId : actor.kind === 'machine' ? actor.tokenId : `address ${address}`;
    try {
      await perCaller.consume(key);
    } catch (cause) {
      const waitMs = (cause as { msBeforeNext?: number }).msBeforeNext ?? 1000;
      res.setHeader('Retry-After', Math.ceil(waitMs / 1000));
      throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    }
    next();
  };
}
