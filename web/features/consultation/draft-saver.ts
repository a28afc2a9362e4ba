import type { ApiErrorCode } from '../../api/api-error.ts';
import { asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import type { RequestDraft } from './request-draft.ts';

export interface KnownDraft {
  id: string;
  revision: number;
}
export type SaveStatus =
  | { kind: 'untouched' | 'saving' | 'local' | 'conflict' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; code: ApiErrorCode };

type OnStatus = (status: SaveStatus, known: KnownDraft | undefined) => void;

const restMs = 900;
const retryMs = 5000;
const passes = new Set<ApiErrorCode>(['unreachable', 'unavailable', 'rate-limited', 'unauthenticated']);

/** Where text waits on this machine that the hub does not have yet. */
export interface Shelf {
  put: (draft: RequestDraft) => void;
  clear: () => void;
}

/** Saves a request while it is typed: on this machine at once, at the hub when the typing rests, one save at a time. */
export class DraftSaver {
  #known: KnownDraft | undefined;
  #draft: RequestDraft | undefined;
  #isDirty = false;
  #isOver = false;
  #timer: number | undefined;
  #running: Promise<void> | undefined;
  readonly #shelf: Shelf;
  readonly #onStatus: OnStatus;

  constructor(known: KnownDraft | undefined, shelf: Shelf, onStatus: OnStatus) {
    this.#known = known;
    this.#shelf = shelf;
    this.#onStatus = onStatus;
  }

  change(draft: RequestDraft): void {
    this.#draft = draft;
    this.#isDirty = true;
    this.#shelf.put(draft);
    this.#later(restMs);
  }

  /** Saves now. @returns the hub's draft, or undefined where it could not be reached */
  async flush(): Promise<KnownDraft | undefined> {
    window.clearTimeout(this.#timer);
    await this.#running;
    if (this.#isDirty || !this.#known) await this.#save();
    return this.#isDirty ? undefined : this.#known;
  }

  /** Another window has saved: this one's text counts. */
  async keepMine(): Promise<void> {
    const theirs = (await api.consultation.drafts()).find(({ id }) => id === this.#known?.id);
    this.#known = theirs && { id: theirs.id, revision: theirs.revision };
    await this.flush();
  }

  /** It has been sent: nothing is saved any more. */
  finish(): void {
    this.#isOver = true;
    window.clearTimeout(this.#timer);
    this.#shelf.clear();
  }

  /** The page goes: what is not saved yet is saved still. */
  close(): void {
    if (this.#isDirty && !this.#isOver) void this.flush();
    this.#isOver = true;
  }

  #later(ms: number): void {
    window.clearTimeout(this.#timer);
    if (!this.#isOver) this.#timer = window.setTimeout(() => void this.flush(), ms);
  }

  #save(): Promise<void> {
    this.#running ??= this.#saveOnce().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #saveOnce(): Promise<void> {
    const draft = this.#draft;
    if (!draft) return;
    this.#isDirty = false;
    this.#onStatus({ kind: 'saving' }, this.#known);
    try {
      const { id, revision, updatedAt } = this.#known
        ? await api.consultation.saveDraft({ ...this.#known, content: { ...draft } })
        : await api.consultation.createDraft({ facilityId: draft.facilityId, content: { ...draft } });
      this.#known = { id, revision };
      if (!this.#isDirty) this.#shelf.clear();
      this.#onStatus({ kind: 'saved', at: updatedAt }, this.#known);
    } catch (cause) {
      this.#isDirty = true;
      const { code } = asApiError(cause);
      if (code === 'stale-revision') this.#onStatus({ kind: 'conflict' }, this.#known);
      else if (passes.has(code)) {
        this.#onStatus({ kind: 'local' }, this.#known);
        this.#later(retryMs);
      } else this.#onStatus({ kind: 'failed', code }, this.#known);
    }
  }
}
