import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { RefusedEvent } from '../dimse/handlers.ts';

/**
 * Whoever is turned away at the DIMSE door is on record; a flood of the same is turned away each time and written down
 * only so often.
 */
export class DimseRefusals {
  readonly #perCaller = new RateLimiterMemory({ points: 3, duration: 60 });
  readonly #everybody = new RateLimiterMemory({ points: 60, duration: 60 });
  readonly #writing = new Set<Promise<void>>();
  private readonly db: Db;
  private readonly log: Log;

  constructor(db: Db, log: Log) {
    this.db = db;
    this.log = log;
  }

  note(event: RefusedEvent): void {
    const { kind, reason, remoteAddress, callingAeTitle } = event;
    this.log.warn({ kind, reason, address: remoteAddress, aeTitle: callingAeTitle }, 'dimse refused');
    // Who sends no DICOM or too much of it has said nothing of himself that could be on record.
    if (kind !== 'association' && kind !== 'handshake') return;
    const writing = this.#write(event)
      .catch((err) => this.log.error({ err }, 'a refusal could not be audited'))
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Resolves when everything noted so far is written. */
  async close(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #write({ reason, remoteAddress, callingAeTitle, calledAeTitle }: RefusedEvent): Promise<void> {
    const isFew = await Promise.all([
      this.#perCaller.consume(`${remoteAddress} ${callingAeTitle ?? ''}`),
      this.#everybody.consume('all'),
    ]).then(
      () => true,
      () => false,
    );
    if (!isFew) return;
    await this.db.transaction((tx) =>
      recordAudit(tx, {
        action: 'imaging.associationRefused',
        outcome: 'refused',
        actorName: callingAeTitle ?? null,
        role: 'device',
        address: remoteAddress,
        reason,
        detail: { calledAeTitle },
      }),
    );
  }
}
