import { HubError } from '@lianzhen/contracts/errors.ts';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** Wrong names and passwords from one address in a minute, whatever the accounts: a whole hospital may share it. */
const wrongPerMinute = 100;

/**
 * Bounds what one address may guess, and with it what checking guesses costs this process. The lock-out of each account
 * is apart from this, and exact.
 */
export class Guesses {
  readonly #perAddress = new RateLimiterMemory({ points: wrongPerMinute, duration: 60 });

  /** Counts a guess before it is checked, so that many at once count as many. @throws `rate-limited` */
  async take(address: string | null): Promise<void> {
    await this.#perAddress.consume(address ?? '').catch((full: RateLimiterRes) => {
      throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
    });
  }

  /** It was no guess after all. */
  async giveBack(address: string | null): Promise<void> {
    await this.#perAddress.reward(address ?? '');
  }
}
