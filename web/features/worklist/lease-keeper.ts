import type { ApiErrorCode } from '../../api/api-error.ts';

/** held: the hub has just said so; uncertain: it could not be asked for as long as a lease lives; lost: it said no. */
export type LeaseState = 'held' | 'uncertain' | 'lost';

interface LeaseOptions {
  /** Asks the hub to renew. Resolves with nothing, or with the code of its refusal. */
  beat: () => Promise<ApiErrorCode | undefined>;
  onState: (state: LeaseState) => void;
  /** How long a lease lives without a beat. */
  leaseMs: number;
  now?: () => number;
}

const refusals: readonly (ApiErrorCode | undefined)[] = ['lease-lost', 'not-found', 'forbidden'];
const retryMs = 5000;

/**
 * Keeps a lease alive with three beats in its span, and tells what has become of it. A link that fails is tried again
 * sooner; a refusal ends it.
 */
export class LeaseKeeper {
  readonly #options: LeaseOptions;
  readonly #beatMs: number;
  #state: LeaseState = 'held';
  #lastHeld: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#beatMs = options.leaseMs / 3;
    this.#lastHeld = this.#now();
    this.#later(this.#beatMs);
  }

  /** Beats now: the page woke up, the link came back, or a person wants to be sure. */
  check(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    clearTimeout(this.#timer);
    this.#running ??= this.#beat().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #beat(): Promise<void> {
    const code = await this.#options.beat();
    if (this.#isStopped) return;
    if (refusals.includes(code)) {
      this.stop();
      return this.#tell('lost');
    }
    if (code === undefined) {
      this.#lastHeld = this.#now();
      this.#tell('held');
    } else if (this.#now() - this.#lastHeld >= this.#options.leaseMs) this.#tell('uncertain');
    this.#later(code === undefined ? this.#beatMs : Math.min(retryMs, this.#beatMs));
  }

  #later(ms: number): void {
    this.#timer = setTimeout(() => void this.check(), ms);
  }

  #tell(state: LeaseState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #now = (): number => (this.#options.now ?? Date.now)();
}

/**
 * The span of a lease, as far as it can be told from when it ends. The clocks of hub and browser may differ, so the
 * contract's span is the most and a second the least.
 */
export function leaseSpan(until: string | undefined, usualMs: number, now: number): number {
  const left = until ? Date.parse(until) - now : Number.NaN;
  return left > 0 ? Math.max(1000, Math.min(left, usualMs)) : usualMs;
}
