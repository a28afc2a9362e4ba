/**
 * The time at the beginning of the picture. It is outside of React's state because it changes with every frame while
 * one scrolls; whoever shows it subscribes.
 */
export class ScrollClock {
  readonly #listeners = new Set<() => void>();
  #startMs = 0;
  #lastMs = 0;

  get startMs(): number {
    return this.#startMs;
  }

  /** The latest time at which a picture can begin. */
  get lastMs(): number {
    return this.#lastMs;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** How much there is and how much of it is in the picture; the picture stays within. */
  setRange(durationMs: number, shownMs: number): void {
    const lastMs = Math.max(0, durationMs - shownMs);
    const hasChanged = lastMs !== this.#lastMs;
    this.#lastMs = lastMs;
    if (!this.#moveTo(this.#startMs) && hasChanged) this.#tell();
  }

  scrollTo(ms: number): void {
    this.#moveTo(ms);
  }

  scrollBy(ms: number): void {
    this.scrollTo(this.#startMs + ms);
  }

  #moveTo(ms: number): boolean {
    const bounded = Math.min(this.#lastMs, Math.max(0, Number.isFinite(ms) ? ms : 0));
    if (bounded === this.#startMs) return false;
    this.#startMs = bounded;
    this.#tell();
    return true;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
