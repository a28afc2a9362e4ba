import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { type ApiErrorCode, asApiError } from '../api-error.ts';
import type { Outputs } from '../client.ts';
import type { DraftKeeper } from './draft-keeper.ts';

type Content = Record<string, unknown>;
type DraftView = Outputs['orders']['createDraft'];

/** The hub's side of a draft. Each call rejects with an ApiError. */
export interface DraftRemote {
  create(content: Content): Promise<DraftView>;
  save(id: string, revision: number, content: Content): Promise<DraftView>;
  list(): Promise<DraftView[]>;
}

export type DraftStatus =
  | { kind: 'untouched' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** Only on this machine; tried again by itself. */
  | { kind: 'local'; at: string }
  /** Changed in another window; the person decides which text counts. */
  | { kind: 'conflict' }
  /** Discarded or sent in another window. */
  | { kind: 'gone' }
  | { kind: 'failed'; code: ApiErrorCode };

interface Options {
  key: string;
  keeper: DraftKeeper;
  remote: DraftRemote;
  /** The hub's copy that was opened. */
  known?: { id: string; revision: number };
  onStatus: (status: DraftStatus) => void;
  now?: () => Date;
  restMs?: number;
  retryMs?: number;
}

const passes = new Set<ApiErrorCode>(['unreachable', 'unavailable', 'unauthenticated', 'rate-limited', 'internal']);

/**
 * Saves a draft while it is typed: on this machine at every letter, at the hub once the typing rests, one save at a
 * time. Text that changed during a save is saved after it; a dead link is tried again; another window's newer text is
 * never overwritten unasked.
 */
export class DraftQueue {
  readonly #options: Options;
  #known: { id: string; revision: number } | undefined;
  #content: Content | undefined;
  #isDirty = false;
  #isBlocked = false;
  #isClosed = false;
  #trouble: ApiErrorCode | undefined;
  #mayBeCreated = false;
  /** Sent, but the answer never came: the hub may have it. */
  #unanswered: Content | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#known = options.known;
  }

  /** Why the last save did not succeed; undefined where it did. */
  get trouble(): ApiErrorCode | undefined {
    return this.#trouble;
  }

  get draftId(): string | undefined {
    return this.#known?.id;
  }

  change(content: Content): void {
    this.#content = content;
    this.#isDirty = true;
    const isKept = this.#keep();
    if (this.#isBlocked || this.#isClosed) return;
    if (!isKept && !this.#running) this.#tell({ kind: 'saving' });
    this.#later(this.#options.restMs ?? 900);
  }

  /** Saves at once what is not saved yet. Never rejects: the status tells how it went. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.#isDirty && !this.#isBlocked) await this.#run();
  }

  /** The other window's text is given up: this one becomes the newer. */
  async keepMine(): Promise<void> {
    const other = await this.#find();
    if (other) this.#known = { id: other.id, revision: other.revision };
    else this.#known = undefined;
    this.#isBlocked = false;
    this.#isDirty = true;
    await this.flush();
  }

  /** This window's text is given up. @returns the other one, or undefined where it is gone. */
  async takeTheirs(): Promise<DraftView | undefined> {
    const other = await this.#find();
    this.#isDirty = false;
    this.#isBlocked = false;
    if (!other) return undefined;
    this.#known = { id: other.id, revision: other.revision };
    this.#content = other.content;
    this.#keep();
    this.#tell({ kind: 'saved', at: other.updatedAt });
    return other;
  }

  /** Sent or discarded: nothing more is saved, and this machine forgets it. */
  finish(): void {
    this.#isClosed = true;
    this.#isDirty = false;
    clearTimeout(this.#timer);
    this.#options.keeper.remove(this.#options.key);
  }

  /** The page is left: the last text goes out, and no timer stays behind. */
  close(): void {
    if (this.#isClosed) return;
    void this.flush().finally(() => {
      this.#isClosed = true;
      clearTimeout(this.#timer);
    });
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #run(): Promise<void> {
    this.#running = this.#save().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    const content = this.#content;
    if (!content) return;
    this.#isDirty = false;
    this.#tell({ kind: 'saving' });
    try {
      const view = await this.#send(content);
      this.#unanswered = undefined;
      this.#trouble = undefined;
      this.#known = { id: view.id, revision: view.revision };
      if (!this.#isClosed) this.#keep();
      if (this.#isDirty) this.#later(this.#options.restMs ?? 900);
      this.#tell({ kind: 'saved', at: view.updatedAt });
    } catch (cause) {
      const { code } = asApiError(cause);
      if (code === 'unreachable') this.#unanswered = content;
      if (code === 'stale-revision' && (await this.#isOwnEarlier())) return this.#save();
      this.#refused(code);
    }
  }

  /** Whether the newer text at the hub is one's own, of a save whose answer was lost. */
  async #isOwnEarlier(): Promise<boolean> {
    if (!this.#unanswered) return false;
    try {
      const found = await this.#find();
      if (!found || canonicalJson(found.content) !== canonicalJson(this.#unanswered)) return false;
      this.#known = { id: found.id, revision: found.revision };
      return true;
    } catch {
      // The link went again; the refusal stands and the next try asks once more.
      return false;
    }
  }

  async #send(content: Content): Promise<DraftView> {
    const { remote } = this.#options;
    if (this.#known) return remote.save(this.#known.id, this.#known.revision, content);
    if (this.#mayBeCreated) {
      // The answer to an earlier try was lost: the draft may stand there already.
      const earlier = await this.#find();
      if (earlier) return remote.save(earlier.id, earlier.revision, content);
    }
    this.#mayBeCreated = true;
    return remote.create(content);
  }

  #refused(code: ApiErrorCode): void {
    this.#trouble = code;
    this.#isDirty = true;
    if (passes.has(code)) {
      this.#tell({ kind: 'local', at: this.#now() });
      if (!this.#isClosed) this.#later(this.#options.retryMs ?? 10_000);
      return;
    }
    this.#isBlocked = code === 'stale-revision' || code === 'not-found';
    if (code === 'stale-revision') this.#tell({ kind: 'conflict' });
    else if (code === 'not-found') this.#tell({ kind: 'gone' });
    else this.#tell({ kind: 'failed', code });
  }

  async #find(): Promise<DraftView | undefined> {
    const all = await this.#options.remote.list();
    return all.find((draft) => draft.id === this.#known?.id || draft.content.key === this.#options.key);
  }

  #keep(): boolean {
    if (!this.#content) return true;
    return this.#options.keeper.put(this.#options.key, {
      content: this.#content,
      id: this.#known?.id,
      revision: this.#known?.revision,
      at: this.#now(),
      isSynced: !this.#isDirty,
    });
  }

  #now = (): string => (this.#options.now?.() ?? new Date()).toISOString();

  #tell(status: DraftStatus): void {
    if (!this.#isClosed) this.#options.onStatus(status);
  }
}
