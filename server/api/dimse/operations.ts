import type { Call } from './call.ts';
import { commandField } from './command-set.ts';
import { abortReason, ProtocolError } from './failures.ts';
import type { Message } from './message-reader.ts';
import type { CallBack } from './serve-action.ts';
import { serveRequest } from './serve-request.ts';

/** The requests one association has running, never more than its window. */
export class Operations<A> {
  readonly #call: Omit<Call<A>, 'message' | 'signal'>;
  readonly #callBack: CallBack;
  readonly #onChange: () => void;
  readonly #onBroken: (error: unknown) => void;
  readonly #running = new Map<number, AbortController>();
  /** Ends with the association: work that goes on after its answer looks at it. */
  readonly #ended = new AbortController();
  #wake: (() => void) | undefined;
  #answered = 0;

  constructor(options: {
    call: Omit<Call<A>, 'message' | 'signal'>;
    callBack: CallBack;
    onChange: () => void;
    onBroken: (error: unknown) => void;
  }) {
    this.#call = options.call;
    this.#callBack = options.callBack;
    this.#onChange = options.onChange;
    this.#onBroken = options.onBroken;
  }

  get running(): number {
    return this.#running.size;
  }
  get answered(): number {
    return this.#answered;
  }

  /** Begins to answer a request. Beyond the window the promise waits for a place, and nothing more is read meanwhile. */
  take(message: Message): Promise<void> | undefined {
    const { commandField: field, messageId, messageIdRespondedTo } = message.command;
    if (field === commandField.cancel) {
      this.#running.get(messageIdRespondedTo ?? -1)?.abort();
      return;
    }
    if (messageId === undefined) throw new ProtocolError(abortReason.invalidParameter, 'a request has no message id');
    if (this.#running.size < this.#call.limits.operations) this.#start(message, messageId);
    else return this.#below(this.#call.limits.operations).then(() => this.#start(message, messageId));
  }

  /** Resolves when nothing runs; finds are told to stop first. */
  async settle(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    await this.#below(1);
  }

  /** The association is over: whoever looks at a signal stops. */
  end(): void {
    this.#ended.abort();
    for (const controller of this.#running.values()) controller.abort();
  }

  #start(message: Message, messageId: number): void {
    if (this.#ended.signal.aborted) return;
    const isRepeatedId = this.#running.has(messageId);
    const key = isRepeatedId ? -messageId : messageId;
    const controller = new AbortController();
    this.#running.set(key, controller);
    serveRequest({ ...this.#call, message, signal: controller.signal }, this.#callBack, isRepeatedId)
      .then((after) => {
        this.#answered += 1;
        // What follows the answer does not hold the window: the peer may release while it goes on.
        after?.(this.#ended.signal).catch(this.#onBroken);
      })
      .catch(this.#onBroken)
      .finally(() => {
        this.#running.delete(key);
        this.#wake?.();
        this.#onChange();
      });
  }

  async #below(count: number): Promise<void> {
    while (this.#running.size >= count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
