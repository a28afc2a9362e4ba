import type { Packet } from './recorded-track.ts';
import { unwrapper } from './recorded-track.ts';

/** A packet with the number that it has in its whole stream, and the moment of its content. */
export interface Placed extends Packet {
  number: number;
  /** Milliseconds from the beginning of the file. */
  timeMs: number;
}

/** What was asked for again comes a round trip late; on the worst links a second. */
const waitMs = 1500;

/** One stream's packets in the order in which they were sent, each once. */
export class Reorder {
  readonly #unwrap = unwrapper(16);
  #waiting: Placed[] = [];
  #last = Number.NEGATIVE_INFINITY;

  /** @returns what need not wait any longer */
  push(packet: Packet & { timeMs: number }): Placed[] {
    const placed: Placed = { ...packet, number: this.#unwrap(packet.sequence) };
    // It came after its place had been passed, or a second time.
    if (placed.number <= this.#last) return [];
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1]?.number ?? 0) > placed.number) at -= 1;
    if (this.#waiting[at - 1]?.number === placed.number) return [];
    this.#waiting.splice(at, 0, placed);
    return this.#take(packet.at);
  }

  /** What is left in the end. */
  rest(): Placed[] {
    return this.#take(Number.POSITIVE_INFINITY);
  }

  #take(now: number): Placed[] {
    let count = 0;
    for (const { number, at } of this.#waiting) {
      const isNext = number === this.#last + 1;
      if (!isNext && at + waitMs > now) break;
      this.#last = number;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
