import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { RateLimiterMemory } from 'rate-limiter-flexible';

interface Refused {
  reason: string;
  address: string;
  /** MSH-3 and MSH-4, where they could be read. */
  names?: readonly [string, string];
}

/**
 * Whoever is turned away at the MLLP door is on record; a flood of the same is turned away each time and written down
 * only so often.
 */
export class MllpRefusals {
  readonly #perAddress = new RateLimiterMemory({ points: 10, duration: 60 });
  readonly #everybody = new RateLimiterMemory({ points: 60, duration: 60 });
  readonly #writing = new Set<Promise<void>>();
  private readonly db: Db;
  private readonly log: Log;

  constructor(db: Db, log: Log) {
    this.db = db;
    this.log = log;
  }

  note(refused: Refused): void {
    const writing = this.#write(refused)
      .catch((err) => this.log.error({ err }, 'a refusal could not be audited'))
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Resolves when everything noted so far is written. */
  async close(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #write({ reason, address, names }: Refused): Promise<void> {
    const isFew = await Promise.all([this.#perAddress.consume(address), this.#everybody.consume('all')]).then(
      () => true,
      () => false,
    );
    if (!isFew) return;
    const [application, sendingFacility] = names ?? [];
    await this.db.transaction((tx) =>
      recordAudit(tx, {
        ...{ action: 'orders.senderRefused', outcome: 'refused', actorName: application ?? null, role: 'machine' },
        ...{ address, reason, detail: { sendingFacility } },
      }),
    );
  }
}
