import { type ApiErrorCode, asApiError } from '../../api/api-error.ts';
import { changesOf, markOf } from '../../viewer/mark.ts';
import type { Measurement } from '../../viewer/state.ts';

/** waiting: not at the hub yet and tried again by itself; refused: the hub does not take it, and it stays on this screen. */
export type MarkState = 'saved' | 'waiting' | 'refused';

interface MarkSaverOptions {
  /** Each rejects with an ApiError. */
  place: (mark: Measurement, leaseToken: string) => Promise<unknown>;
  remove: (id: string, leaseToken: string) => Promise<unknown>;
  onState: (state: MarkState) => void;
  retryMs?: number;
}

type Marks = readonly Measurement[];

const passes: readonly ApiErrorCode[] = ['unreachable', 'unavailable', 'unauthenticated', 'rate-limited', 'internal'];
const losses: readonly ApiErrorCode[] = ['lease-lost', 'not-found', 'forbidden'];

/**
 * Brings the marks of one study to the hub while one holds the case, one after the other: each is named by this browser,
 * so that one whose answer was lost is sent again and is still one. Who does not hold the case draws for himself.
 */
export class MarkSaver {
  readonly #options: MarkSaverOptions;
  #there: Marks = [];
  #here: Marks = [];
  #refused = new Set<Measurement>();
  #token: string | null = null;
  #hasHeard = false;
  #state: MarkState = 'saved';
  #running: Promise<void> | undefined;
  /** Something changed while it ran, maybe after it last looked. */
  #isAskedAgain = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: MarkSaverOptions) {
    this.#options = options;
  }

  /** The case is one's own from now on, or not any more. */
  hold(token: string | null): void {
    if (token === this.#token) return;
    this.#token = token;
    this.#hasHeard = false;
    this.#run();
  }

  /** What one's own viewer has made of the marks. */
  change(marks: Marks): void {
    this.#here = marks;
    this.#run();
  }

  /**
   * The marks as the hub has them. Whoever holds the case is the only one who writes: he hears once, and what he drew
   * meanwhile stays.
   * @returns what is to be shown: the same array where nothing differs, for another ends what can be undone
   */
  hear(marks: Marks): Marks {
    if (this.#token && this.#hasHeard) return this.#here;
    this.#hasHeard = true;
    const { placed, removed } = changesOf(this.#there, this.#here);
    const known = new Map(this.#there.map((mark) => [mark.id, mark]));
    this.#there = marks.map((mark) => kept(known.get(mark.id), mark));
    const own = new Map(placed.map((mark) => [mark.id, mark]));
    const shown = this.#there.filter(({ id }) => !removed.includes(id)).map((mark) => own.get(mark.id) ?? mark);
    const ids = new Set(shown.map(({ id }) => id));
    const now = [...shown, ...placed.filter(({ id }) => !ids.has(id))];
    if (now.length !== this.#here.length || now.some((mark, at) => mark !== this.#here[at])) this.#here = now;
    this.#run();
    return this.#here;
  }

  /** Sends at once what was not sent yet. Never rejects. */
  async flush(): Promise<void> {
    this.#run();
    while (this.#running) await this.#running;
  }

  #run(): void {
    clearTimeout(this.#timer);
    if (!this.#token) return;
    this.#isAskedAgain = this.#running !== undefined;
    this.#running ??= this.#send(this.#token).finally(() => {
      this.#running = undefined;
      if (this.#isAskedAgain) this.#run();
    });
  }

  async #send(token: string): Promise<void> {
    for (let act = this.#next(); act; act = this.#next()) {
      if (token !== this.#token) return;
      try {
        if (typeof act === 'string') {
          await this.#options.remove(act, token);
          this.#there = this.#there.filter(({ id }) => id !== act);
        } else {
          const mark = act;
          await this.#options.place(mark, token);
          this.#there = [...this.#there.filter(({ id }) => id !== mark.id), mark];
        }
      } catch (cause) {
        if (!this.#goesOn(asApiError(cause).code, act)) return;
      }
    }
    this.#tell(this.#refused.size > 0 ? 'refused' : 'saved');
  }

  /** The next mark to place, or the id of the next one to take away. */
  #next(): Measurement | string | undefined {
    const { placed, removed } = changesOf(this.#there, this.#here);
    for (const mark of this.#refused) if (!this.#here.includes(mark)) this.#refused.delete(mark);
    return placed.find((mark) => !this.#refused.has(mark)) ?? removed[0];
  }

  /** @returns whether there is something else to try at once */
  #goesOn(code: ApiErrorCode, act: Measurement | string): boolean {
    if (losses.includes(code)) this.#token = null;
    else if (passes.includes(code) || typeof act === 'string') {
      this.#tell('waiting');
      this.#timer = setTimeout(() => this.#run(), this.#options.retryMs ?? 5000);
    } else {
      this.#refused.add(act);
      return true;
    }
    return false;
  }

  #tell(state: MarkState): void {
    if (state !== this.#state) this.#options.onState(state);
    this.#state = state;
  }
}

/** The one that is known where it is the same, but for what the hub rounds. */
function kept(known: Measurement | undefined, mark: Measurement): Measurement {
  return known && JSON.stringify(markOf(known)) === JSON.stringify(markOf(mark)) ? known : mark;
}
