/**
 * Runs one piece of work for a key at a time. Who comes while it runs makes it run once more and need not wait: the work
 * looks at everything there is when it starts.
 */
export class Coalesced {
  readonly #running = new Map<string, { again: boolean }>();

  async run(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#running.get(key);
    if (before) {
      before.again = true;
      return;
    }
    const mine = { again: true };
    this.#running.set(key, mine);
    try {
      while (mine.again) {
        mine.again = false;
        await work();
      }
    } finally {
      this.#running.delete(key);
    }
  }
}
