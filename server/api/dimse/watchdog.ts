/** One timer for everything that may take too long on one connection; what it waits for has a name. */
export class Watchdog {
  readonly #onExpired: (what: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #what: string | undefined;
  #ms = 0;

  constructor(onExpired: (what: string) => void) {
    this.#onExpired = onExpired;
  }

  /** Waits at most `ms` for `what`, counted anew from now. */
  expect(what: string, ms: number): void {
    if (this.#timer && this.#what === what && this.#ms === ms) {
      this.#timer.refresh();
      return;
    }
    this.rest();
    this.#what = what;
    this.#ms = ms;
    this.#timer = setTimeout(() => this.#onExpired(what), ms);
  }

  /** There was progress: the same wait begins again. */
  touch(): void {
    this.#timer?.refresh();
  }

  /** It is our turn, or it is over: nothing is expected of the peer. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#what = undefined;
  }
}
