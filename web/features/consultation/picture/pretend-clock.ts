import type { Clock } from './allowance.ts';

/** A clock for tests: time passes when it is told to, and everything that was to happen happens in its order. */
export class PretendClock implements Clock {
  #now = 0;
  readonly #calls = new Set<{ readonly at: number; readonly call: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call };
    this.#calls.add(entry);
    return () => this.#calls.delete(entry);
  }

  get waiting(): number {
    return this.#calls.size;
  }

  /** Answers of the room are promises: each step lets them come. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await Promise.resolve();
      await Promise.resolve();
      const next = [...this.#calls].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#calls.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = end;
  }
}
