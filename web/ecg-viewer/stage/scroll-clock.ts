/**
 * The time at the beginning of the picture. It is outside of React's state because it changes with every frame while
 * one scrolls; whoever shows it subscribes.
 */
export class ScrollClock {
  readonly #listeners = new Set<() => void>();
  #startMs = 0;
  #lastMs = 0;
  #wantedMs: number | null = null;
  #isHeld = false;

  get startMs(): number {
    return this.#startMs;
  }

  /** Where the picture is meant to begin, also where less of the recording is left than it shows. */
  get meantMs(): number {
    return this.#wantedMs ?? this.#startMs;
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
    if (!this.#moveTo(this.meantMs) && hasChanged) this.#tell();
  }

  /** Held: somebody else leads, and scrolling does nothing. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
  }

  /** Begins where somebody else says: as far as that can be now, and there once the range allows it. */
  lead(ms: number): void {
    this.#wantedMs = Number.isFinite(ms) ? Math.max(0, ms) : 0;
    this.#moveTo(this.#wantedMs);
  }

  scrollTo(ms: number): void {
    if (this.#isHeld) return;
    this.#wantedMs = null;
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
