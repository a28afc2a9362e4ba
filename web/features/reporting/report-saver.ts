import type { ReportView } from '@lianzhen/contracts/reporting.ts';
import { type ApiErrorCode, asApiError } from '../../api/api-error.ts';
import { type Body, bodyOf, sameBody } from './report-body.ts';
import type { ReportShelf } from './report-shelf.ts';

export type SaveStatus =
  | { kind: 'untouched' }
  | { kind: 'typing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** Only on this machine; tried again by itself. */
  | { kind: 'local' }
  /** Changed in another window; the person decides which text counts. */
  | { kind: 'conflict'; theirs: ReportView }
  | { kind: 'lost' }
  | { kind: 'failed'; code: ApiErrorCode };

interface SaverOptions {
  view: ReportView;
  shelf: ReportShelf;
  /** Each rejects with an ApiError. */
  save: (revision: number, body: Body) => Promise<ReportView>;
  read: () => Promise<ReportView>;
  onStatus: (status: SaveStatus) => void;
  /** The hub's report after a save or a look. */
  onView: (view: ReportView) => void;
  /** The hub has answered that the hold is gone. */
  onLost: () => void;
  restMs: number;
  retryMs?: number;
  now?: () => Date;
}

const passes: readonly ApiErrorCode[] = ['unreachable', 'unavailable', 'unauthenticated', 'rate-limited', 'internal'];
/** The case is not one's own any more; who has moved to another centre meanwhile is told no more than that it is not there. */
const losses: readonly ApiErrorCode[] = ['lease-lost', 'not-found', 'forbidden'];

/**
 * Saves a report while it is typed: on this machine at every letter, at the hub once the typing rests, one save at a
 * time and only over the revision that was seen. A dead link is tried again; another window's text is never overwritten
 * unasked; after a lost hold nothing is sent any more and nothing is thrown away.
 */
export class ReportSaver {
  readonly #options: SaverOptions;
  #revision: number;
  /** What the hub has. */
  #there: Body;
  #body: Body;
  #isBlocked = false;
  #isClosed = false;
  /** Sent, but the answer never came: the hub may have it. */
  #unanswered: Body | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#revision = options.view.revision;
    this.#there = bodyOf(options.view);
    this.#body = this.#there;
  }

  get revision(): number {
    return this.#revision;
  }
  get isDirty(): boolean {
    return !sameBody(this.#body, this.#there);
  }

  change(body: Body): void {
    if (this.#isClosed) return;
    this.#body = body;
    const isKept = this.#keep();
    if (this.#isBlocked) return;
    // What this machine cannot keep goes to the hub without waiting for a rest.
    this.#later(isKept ? this.#options.restMs : 0);
    if (!this.#running) this.#tell({ kind: 'typing' });
  }

  /** Saves at once what is not saved yet. Never rejects. @returns whether the hub has all of it. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.isDirty && !this.#isBlocked && !this.#isClosed) await this.#run();
    return !this.isDirty && !this.#isBlocked;
  }

  /**
   * The hub's report as it was read again. @returns the text to show in place of one's own, where another window wrote
   * and nothing here waits to be saved.
   */
  hear(view: ReportView): Body | undefined {
    if (view.revision <= this.#revision || this.#running || this.#isBlocked || this.isDirty) return undefined;
    this.#adopt(view);
    this.#body = this.#there;
    return this.#body;
  }

  /** This machine holds a text that was written over another revision than the hub's. */
  dispute(mine: Body, theirs: ReportView): void {
    this.#body = mine;
    this.#block({ kind: 'conflict', theirs });
  }

  /** The hold is gone: what is here stays as it is, and stays here, until the hold is there again. */
  lose(): void {
    if (this.#isClosed || this.#isBlocked) return;
    if (this.isDirty && !this.#running) this.#block({ kind: 'lost' });
    else this.#isBlocked = true;
  }

  /** The hold is there again. */
  async resume(): Promise<void> {
    this.#isBlocked = false;
    await this.flush();
  }

  /** Something else than a save was refused for its revision: looks what the hub has now. */
  async lookAgain(): Promise<void> {
    try {
      await this.#compare();
    } catch (cause) {
      this.#refused(asApiError(cause).code);
    }
  }

  /** The other window's text is given up. */
  async keepMine(theirs: ReportView): Promise<void> {
    this.#adopt(theirs);
    this.#isBlocked = false;
    await this.flush();
  }

  /** This window's text is given up. @returns the other one. */
  takeTheirs(theirs: ReportView): Body {
    this.#adopt(theirs);
    this.#body = this.#there;
    this.#isBlocked = false;
    this.#options.shelf.remove();
    this.#saved();
    return this.#body;
  }

  /** Signed or rejected: nothing more is saved, and this machine forgets it. */
  finish(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#options.shelf.remove();
  }

  /** The desk is left: the last text goes out, and no timer stays behind. */
  close(): void {
    void this.flush().finally(() => {
      this.#isClosed = true;
      clearTimeout(this.#timer);
    });
  }

  #run(): Promise<void> {
    this.#running = this.#save().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    const body = this.#body;
    this.#tell({ kind: 'saving' });
    try {
      const view = await this.#options.save(this.#revision, body);
      this.#adopt(view);
      // The hub may keep it in its own way; what was sent is what it has.
      this.#there = body;
      this.#settle();
    } catch (cause) {
      await this.#failed(asApiError(cause).code, body);
    }
  }

  async #failed(code: ApiErrorCode, body: Body): Promise<void> {
    if (code === 'unreachable') this.#unanswered = body;
    if (code !== 'stale-revision') return this.#refused(code);
    try {
      await this.#compare();
    } catch (cause) {
      this.#refused(asApiError(cause).code);
    }
  }

  /** The hub has another revision: one's own save whose answer was lost, a change beside the text, or another window. */
  async #compare(): Promise<void> {
    const view = await this.#options.read();
    const isOurs = [this.#body, this.#there, this.#unanswered].some((known) => known && sameBody(known, view));
    if (!isOurs) return this.#block({ kind: 'conflict', theirs: view });
    this.#adopt(view);
    if (this.isDirty) return this.#save();
    this.#settle();
  }

  #settle(): void {
    if (this.isDirty && this.#isBlocked) {
      this.#block({ kind: 'lost' });
    } else if (this.isDirty) {
      this.#keep();
      if (!this.#isClosed) this.#later(this.#options.restMs);
      this.#tell({ kind: 'typing' });
    } else {
      this.#options.shelf.remove();
      this.#saved();
    }
  }

  #refused(code: ApiErrorCode): void {
    if (losses.includes(code)) {
      this.#block({ kind: 'lost' });
      this.#options.onLost();
    } else if (passes.includes(code)) {
      this.#tell({ kind: 'local' });
      if (!this.#isClosed) this.#later(this.#options.retryMs ?? 8000);
    } else {
      // Refused for what it is: the next letter may have mended it, the same again would not.
      this.#tell({ kind: 'failed', code });
    }
  }

  #block(status: SaveStatus): void {
    this.#isBlocked = true;
    clearTimeout(this.#timer);
    this.#keep();
    this.#tell(status);
  }

  #adopt(view: ReportView): void {
    this.#revision = view.revision;
    this.#there = bodyOf(view);
    this.#unanswered = undefined;
    if (!this.#isClosed) this.#options.onView(view);
  }

  #keep(): boolean {
    return this.#options.shelf.put({ body: this.#body, revision: this.#revision });
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #saved(): void {
    this.#tell({ kind: 'saved', at: (this.#options.now?.() ?? new Date()).toISOString() });
  }

  #tell(status: SaveStatus): void {
    if (!this.#isClosed) this.#options.onStatus(status);
  }
}
