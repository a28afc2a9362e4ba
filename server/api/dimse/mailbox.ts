import type { Message } from './message-reader.ts';

/** Where the responses to one request wait. `put` resolves when its message has been taken: until then nothing more is read. */
export class Mailbox {
  readonly #waiting: { message: Message; taken: () => void }[] = [];
  #arrival = Promise.withResolvers<void>();
  #failure: Error | undefined;

  put(message: Message): Promise<void> {
    return new Promise((taken) => {
      this.#waiting.push({ message, taken });
      this.#arrival.resolve();
    });
  }

  /** The next message; throws the failure once what arrived before it has been taken. */
  async next(): Promise<Message> {
    for (;;) {
      const first = this.#waiting.shift();
      if (first) {
        first.taken();
        return first.message;
      }
      if (this.#failure) throw this.#failure;
      await this.#arrival.promise;
      this.#arrival = Promise.withResolvers<void>();
    }
  }

  fail(error: Error): void {
    this.#failure ??= error;
    for (const { taken } of this.#waiting) taken();
    this.#arrival.resolve();
  }

  /** Nobody looks any more: what is left is dropped so that the connection goes on. */
  stop(): void {
    for (const { message, taken } of this.#waiting) {
      message.body?.discard();
      taken();
    }
  }
}
