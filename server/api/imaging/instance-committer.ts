import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Arrival, Outcome } from './arrival.ts';

interface Waiting {
  arrival: Arrival;
  resolve: (outcome: Outcome) => void;
  reject: (cause: unknown) => void;
}

const mostPerBatch = 256;

/**
 * Group commit: what arrives while a batch is being committed makes up the next one, so that many senders share one
 * transaction and a single one never waits. Everybody is answered after his own commit.
 */
export class InstanceCommitter {
  #waiting: Waiting[] = [];
  #isCommitting = false;
  private readonly commitBatch: (arrivals: Arrival[]) => Promise<Array<Outcome | HubError>>;

  constructor(commitBatch: (arrivals: Arrival[]) => Promise<Array<Outcome | HubError>>) {
    this.commitBatch = commitBatch;
  }

  /** @throws HubError `unavailable` or `storage-full` when the database did not take it; it may then be sent again */
  commit(arrival: Arrival): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject });
      if (!this.#isCommitting) void this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    this.#isCommitting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostPerBatch);
      try {
        const outcomes = await this.commitBatch(batch.map(({ arrival }) => arrival));
        for (const [index, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[index] ?? new HubError('internal', { reason: 'no outcome' });
          if (outcome instanceof HubError) reject(outcome);
          else resolve(outcome);
        }
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    this.#isCommitting = false;
  }
}
