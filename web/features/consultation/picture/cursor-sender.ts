import type { Cursor } from '@lianzhen/contracts/shared-view.ts';
import { type Allowance, bytesOf, type Clock, leastPauseMs } from './allowance.ts';

interface SenderDeps {
  readonly send: (cursor: Cursor) => Promise<unknown>;
  readonly allowance: Allowance;
  readonly clock: Clock;
  /** Nothing goes while nobody is there, or where one may not point. */
  readonly isHeard: () => boolean;
}

/** Left over for changes of the picture, which go first. */
const reserve = 160;

/** Tells the room where this person points: whole pixels, the latest place only, and nothing while the pointer rests. */
export class CursorSender {
  readonly #deps: SenderDeps;
  #wanted: Cursor = null;
  #told: Cursor = null;
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  point(cursor: Cursor): void {
    this.#wanted = cursor && { ...cursor, at: { x: Math.round(cursor.at.x), y: Math.round(cursor.at.y) } };
    this.#pump();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #pump(): void {
    if (this.#cancel || isSame(this.#wanted, this.#told) || !this.#deps.isHeard()) return;
    const { allowance, clock } = this.#deps;
    const bytes = bytesOf({ cursor: this.#wanted });
    const wait = Math.max(this.#sentAt + leastPauseMs - clock.now(), allowance.waitFor(bytes + reserve));
    if (wait > 0) {
      this.#cancel = clock.after(wait, () => {
        this.#cancel = null;
        this.#pump();
      });
      return;
    }
    allowance.spend(bytes);
    this.#sentAt = clock.now();
    this.#told = this.#wanted;
    // A place that was lost on the way is old by the time one knows; the next one comes with the next movement.
    this.#deps.send(this.#wanted).catch(() => undefined);
  }
}

function isSame(a: Cursor, b: Cursor): boolean {
  if (!a || !b) return a === b;
  return (
    a.sopInstanceUid === b.sopInstanceUid &&
    a.frame === b.frame &&
    a.at.x === b.at.x &&
    a.at.y === b.at.y &&
    a.lead === b.lead
  );
}
