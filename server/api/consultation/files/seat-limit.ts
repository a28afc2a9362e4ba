import { HubError } from '@lianzhen/contracts/errors.ts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Each is an entry in the trail: more than a hand asks for, and no flood. */
const perMinute = 120;

/** Counts what is asked in the name of each seat from each address, rightly or not. @throws `rate-limited` */
export function openSeatLimit(): (proof: string | undefined, address: string | null) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (proof, address) => {
    if (proof === undefined) return;
    await limiter.consume(`${address} ${proof.slice(0, 36)}`).catch((full: unknown) => {
      if (!(full instanceof RateLimiterRes)) throw full;
      throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
    });
  };
}
