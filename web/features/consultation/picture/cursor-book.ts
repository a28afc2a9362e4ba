import type { Cursor } from '@lianzhen/contracts/shared-view.ts';
import type { CursorFeed, OtherCursor } from '../../../viewer/company.ts';
import type { Clock } from './allowance.ts';

interface Person {
  readonly peerId: string;
  readonly name: string;
  readonly colour: string;
}

/** On an image or, with a lead, on a trace. */
export interface RoomCursor extends OtherCursor {
  readonly lead?: string | undefined;
}

interface Known {
  readonly cursor: NonNullable<Cursor>;
  readonly at: number;
}

const fadesAfterMs = 2500;
const goesAfterMs = 4000;
const lookMs = 500;

/** Where others point now. A cursor that rests fades away, so that nobody looks for somebody who has gone. */
export class CursorBook implements CursorFeed {
  readonly #clock: Clock;
  readonly #people: () => readonly Person[];
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<() => void>();
  #shown: readonly RoomCursor[] = [];
  #cancel: (() => void) | null = null;

  /** @param people who is in the room, with names and colours. */
  constructor(people: () => readonly Person[], clock: Clock) {
    this.#people = people;
    this.#clock = clock;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly RoomCursor[] => this.#shown;

  take({ peerId, cursor }: { readonly peerId: string; readonly cursor: Cursor }): void {
    if (cursor) this.#known.set(peerId, { cursor, at: this.#clock.now() });
    else this.#known.delete(peerId);
    this.#tell();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#known.clear();
    this.#shown = [];
  }

  #tell(): void {
    const now = this.#clock.now();
    const people = new Map(this.#people().map((person) => [person.peerId, person]));
    const shown: RoomCursor[] = [];
    for (const [peerId, { cursor, at }] of this.#known) {
      const person = people.get(peerId);
      if (!person || now - at >= goesAfterMs) this.#known.delete(peerId);
      else
        shown.push({
          ...cursor,
          id: peerId,
          name: person.name,
          colour: person.colour,
          isFading: now - at >= fadesAfterMs,
        });
    }
    this.#shown = shown;
    for (const listener of this.#listeners) listener();
    if (this.#known.size > 0) this.#look();
  }

  #look(): void {
    this.#cancel ??= this.#clock.after(lookMs, () => {
      this.#cancel = null;
      this.#tell();
    });
  }
}
