import type { RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { type EntryLog, emptyLog, hearEntry, hearMissed } from './entry-log.ts';
import { newId } from './new-id.ts';
import { toSend, withoutArrived } from './outbox.ts';
import { RoomError } from './room-error.ts';
import type { WaitingWord } from './room-state.ts';
import type { SignalLink } from './signal-link.ts';

/** What was only overtaken on its way is here by then; what was lost is asked for. */
const gapMs = 400;

/**
 * What is said and done in the room, by number, and what this person has written and the room has not yet confirmed.
 * A word keeps its id however often it is sent, so that a broken link neither loses nor doubles it.
 */
export class RoomWords {
  #log: EntryLog = emptyLog;
  #outbox: readonly WaitingWord[] = [];
  #link: SignalLink | undefined;
  #isSending = false;
  #gap: number | undefined;
  readonly #changed: (entries: readonly RoomEntry[], outbox: readonly WaitingWord[]) => void;

  constructor(changed: (entries: readonly RoomEntry[], outbox: readonly WaitingWord[]) => void) {
    this.#changed = changed;
  }

  get lastSeq(): number {
    return this.#log.lastSeq;
  }

  /** One is in, perhaps again: what was missed is there, what was not confirmed is sent again. */
  enter(link: SignalLink, room: { entries: readonly RoomEntry[]; lastSeq: number }): void {
    this.#link = link;
    this.#show(hearMissed(this.#log, { entries: room.entries, isWhole: false }));
    if (this.#log.lastSeq < room.lastSeq) this.#askSoon();
    void this.#send();
  }

  hear(entry: RoomEntry): void {
    const { log, hasGap } = hearEntry(this.#log, entry);
    this.#show(log);
    if (hasGap) this.#askSoon();
  }

  say(text: string, file?: RoomFile): void {
    this.#write([...this.#outbox, { id: newId(), text, file, failed: null }]);
    void this.#send();
  }

  /** A word that was refused: once more, or away with it. */
  retry(id: string): void {
    this.#write(this.#outbox.map((word) => (word.id === id ? { ...word, failed: null } : word)));
    void this.#send();
  }
  discard(id: string): void {
    this.#write(this.#outbox.filter((word) => word.id !== id));
  }

  close(): void {
    window.clearTimeout(this.#gap);
    this.#link = undefined;
  }

  /** One after the other, so that they stand in the order in which they were written. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const sent = new Set<string>();
    for (;;) {
      const link = this.#link;
      const word = toSend(this.#outbox).find(({ id }) => !sent.has(id));
      if (!link?.isUp || !word) break;
      sent.add(word.id);
      const seq = await this.#sendOne(link, word);
      if (seq === undefined) continue;
      // Its entry comes by itself; should it be lost on its way, it is asked for.
      if (this.#log.lastSeq < seq) this.#askSoon();
    }
    this.#isSending = false;
  }

  async #sendOne(link: SignalLink, { id, text, file }: WaitingWord): Promise<number | undefined> {
    try {
      return (await link.ask('chat', { id, text, fileId: file?.id })).seq;
    } catch (cause) {
      const code = cause instanceof RoomError ? cause.code : 'internal';
      // Without an answer nobody knows whether it has arrived; it is sent again with the same id.
      if (code !== 'no-answer')
        this.#write(this.#outbox.map((word) => (word.id === id ? { ...word, failed: code } : word)));
      return undefined;
    }
  }

  #askSoon(): void {
    window.clearTimeout(this.#gap);
    this.#gap = window.setTimeout(() => void this.#ask(), gapMs);
  }

  async #ask(): Promise<void> {
    const link = this.#link;
    if (!link?.isUp) return;
    try {
      this.#show(hearMissed(this.#log, await link.ask('missed', { afterSeq: this.#log.lastSeq })));
    } catch (cause) {
      // A link that is gone asks again when it is back.
      if (!(cause instanceof RoomError)) throw cause;
    }
  }

  #show(log: EntryLog): void {
    if (log === this.#log) return;
    this.#log = log;
    this.#write(withoutArrived(this.#outbox, log.entries));
  }

  #write(outbox: readonly WaitingWord[]): void {
    this.#outbox = outbox;
    this.#changed(this.#log.entries, outbox);
  }
}
