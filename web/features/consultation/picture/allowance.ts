/** Time as the senders see it, so that a test can let a minute pass at once. */
export interface Clock {
  now(): number;
  /** Calls once after so many milliseconds; what it returns takes the call back. */
  after(ms: number, call: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Around the JSON of a signal: socket.io's packet type, event name and number of the answer, and the socket's frame. */
const wrapping = 30;

export const bytesOf = (message: unknown): number =>
  new TextEncoder().encode(JSON.stringify(message)).length + wrapping;

/**
 * How much one browser may send of the shared picture: so many bytes a second, saved up to one second. Below 10 kb/s in
 * all, so that a link of 64 kb/s still carries voices beside it.
 */
export class Allowance {
  readonly #perSecond: number;
  readonly #clock: Clock;
  #left: number;
  #at: number;

  /** @param perSecond bytes */
  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#left = perSecond;
    this.#at = clock.now();
  }

  /** Milliseconds until so many bytes may go; 0 when they may go now. More than a second's worth goes once it is full. */
  waitFor(bytes: number): number {
    const now = this.#clock.now();
    this.#left = Math.min(this.#perSecond, this.#left + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    const missing = Math.min(bytes, this.#perSecond) - this.#left;
    return missing <= 0 ? 0 : Math.ceil((missing / this.#perSecond) * 1000);
  }

  spend(bytes: number): void {
    this.#left -= bytes;
  }
}

/** Bytes a second of the one who leads, who moves the picture and points at once. 8.4 kb/s. */
export const leaderBytes = 1050;
/** Of everyone else, who only points. */
export const followerBytes = 420;
/** Changes and cursors go at most ten times a second each. */
export const leastPauseMs = 100;
