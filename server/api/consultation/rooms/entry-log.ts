import { setTimeout as wait } from 'node:timers/promises';
import { RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { RoomEntry, RoomFact } from '@lianzhen/contracts/room-signals.ts';
import { isUniqueViolation, type Tx } from '@lianzhen/db/client.ts';
import { isDatabaseGone } from '@lianzhen/db/database-gone.ts';
import type { RoomDeps } from './room-deps.ts';
import * as store from './store.ts';

/** Who did it; nobody where the room did. */
export interface Author {
  peerId: string;
  seatId: string;
  name: string;
}

/** What somebody writes; `id` is his browser's own. */
export interface ChatWord {
  id: string;
  text: string;
  fileId?: string | undefined;
}

export interface EntryLog {
  readonly lastSeq: number;
  /**
   * @param word with a file that he has sent before; @throws `not-found` where there is none of his
   * @returns its number once it is committed; that of the first time where it is sent again
   */
  chat(by: Author, word: ChatWord): Promise<number>;
  /** Writes a fact, and before it in the same transaction what belongs to it. In the order of the calls. */
  note(fact: RoomFact, by?: Author, also?: (tx: Tx) => Promise<unknown>): void;
  /** Does something with the database after everything that was noted before. */
  later(work: (tx: Tx) => Promise<unknown>): void;
  /** Tells what another process wrote, a signed opinion for one, where the entries have come further than told here. */
  catchUp(lastSeq: number): void;
  /** What came after a number. `isWhole`: nothing after it is missing. */
  after(seq: number): Promise<{ entries: RoomEntry[]; isWhole: boolean }>;
  /** When all that was noted until now is written. */
  caughtUp(): Promise<void>;
  /** When nothing is left to be written. */
  settled(): Promise<void>;
}

/** Entries in one answer. */
const mostEntries = 500;
/** Waiting to be written: beyond, people are asked to wait. */
const mostWaiting = 1000;
const retryMs = 300;
/** A database that is away for longer than this closes the room; what it had committed is kept. */
const mostTries = 100;

/**
 * What happened in one room, numbered without a gap. Everything is written one after the other, and told once it is
 * committed: nobody has heard of what is not kept.
 * @param onBroken the database does not come back
 */
export function openEntryLog(
  { db, clock, log }: Pick<RoomDeps, 'db' | 'clock' | 'log'>,
  consultationId: string,
  startSeq: number,
  tell: (entry: RoomEntry) => void,
  onBroken: () => void,
): EntryLog {
  let lastSeq = startSeq;
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const done = tail.then(work).finally(() => {
      waiting -= 1;
    });
    tail = done.catch(() => undefined);
    return done;
  }

  /** @returns undefined where the browser's id is known already */
  async function write(entry: store.NewEntry, also?: (tx: Tx) => Promise<unknown>): Promise<number | undefined> {
    const [row] = await (also
      ? db.transaction(async (tx) => {
          await also(tx);
          return store.insertEntry(tx, consultationId, entry);
        })
      : store.insertEntry(db, consultationId, entry));
    if (!row) return undefined;
    // What was under way when its room broke, or when its process died, was committed after this room was opened.
    if (row.seq > lastSeq + 1)
      await tellOthers(row.seq - 1).catch((err: unknown) => log.warn({ err }, 'entries untold'));
    lastSeq = row.seq;
    const { at, peerId, seatId, name, what } = entry;
    tell({ seq: row.seq, at: at.toISOString(), peerId, seatId, name, what });
    return row.seq;
  }

  /** @param until a number that is the last of them */
  async function tellOthers(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (const entry of await store.entriesAfter(db, consultationId, lastSeq, mostEntries)) {
      if (entry.seq > until) return;
      lastSeq = entry.seq;
      tell(entry);
    }
  }

  function keepTrying(work: () => Promise<unknown>): void {
    const trying = async () => {
      for (let tries = 1; ; tries++) {
        try {
          return await work();
        } catch (cause) {
          if (!isDatabaseGone(cause) || tries >= mostTries) throw cause;
          await wait(retryMs);
        }
      }
    };
    inTurn(trying).catch((err: unknown) => {
      log.error({ err }, 'a fact of a room could not be written');
      onBroken();
    });
  }

  async function chat({ peerId, seatId, name }: Author, { id, text, fileId }: ChatWord): Promise<number> {
    if (waiting >= mostWaiting) throw new HubError('unavailable', { part: 'database' });
    const file = fileId === undefined ? undefined : await store.readFile(db, consultationId, fileId);
    if (file === null || (file && file.seatId !== seatId)) throw new HubError('not-found', { field: 'fileId' });
    const what = { kind: 'chat' as const, id, text, ...(file ? { file: RoomFile.parse(file) } : {}) };
    const entry = { at: clock.now(), clientId: id, peerId, seatId, name, what };
    const seq = await inTurn(() => write(entry)).catch((cause: unknown) => {
      if (!isUniqueViolation(cause)) throw cause;
    });
    if (seq !== undefined) return seq;
    const known = await store.entryOfClient(db, consultationId, id);
    if (known?.seatId !== seatId) throw new HubError('already-exists', { field: 'id' });
    return known.seq;
  }

  return {
    get lastSeq() {
      return lastSeq;
    },
    chat,
    note: (what, by, also) => {
      const { peerId = null, seatId = null, name = '' } = by ?? {};
      const entry = { at: clock.now(), clientId: null, peerId, seatId, name, what };
      keepTrying(() => write(entry, also));
    },
    later: (work) => keepTrying(() => work(db)),
    catchUp: (reached) => {
      if (reached > lastSeq) keepTrying(() => tellOthers());
    },
    after: async (seq) => {
      const entries = await store.entriesAfter(db, consultationId, seq, mostEntries);
      const reached = entries.at(-1)?.seq ?? seq;
      return { entries, isWhole: reached >= lastSeq };
    },
    caughtUp: async () => void (await tail),
    settled: async () => {
      // While one is waited for, another may have been noted.
      for (let seen: unknown; seen !== tail; ) {
        seen = tail;
        await tail;
      }
    },
  };
}
