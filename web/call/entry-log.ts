import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';

/** What has been said and done, without a gap, and what came before its turn. */
export interface EntryLog {
  /** In the order of their numbers, without a gap. */
  entries: readonly RoomEntry[];
  /** The last number up to which nothing is missing. */
  lastSeq: number;
  /** Heard already, while something before it is missing. */
  early: readonly RoomEntry[];
}

export const emptyLog: EntryLog = { entries: [], lastSeq: 0, early: [] };

/** Takes the early ones whose turn has come. */
function settle(log: EntryLog): EntryLog {
  const early = log.early.toSorted((a, b) => a.seq - b.seq).filter((entry) => entry.seq > log.lastSeq);
  let lastSeq = log.lastSeq;
  const ready: RoomEntry[] = [];
  for (const entry of early) {
    if (entry.seq === lastSeq) continue;
    if (entry.seq !== lastSeq + 1) break;
    ready.push(entry);
    lastSeq = entry.seq;
  }
  return {
    entries: ready.length ? [...log.entries, ...ready] : log.entries,
    lastSeq,
    early: early.filter((entry) => entry.seq > lastSeq),
  };
}

/** One entry as it is told. A number heard before changes nothing. @returns whether something before it is missing */
export function hearEntry(log: EntryLog, entry: RoomEntry): { log: EntryLog; hasGap: boolean } {
  if (entry.seq <= log.lastSeq) return { log, hasGap: false };
  const next = settle({ ...log, early: [...log.early, entry] });
  return { log: next, hasGap: next.early.length > 0 };
}

/**
 * What the room answers to a question for missed entries, or gives to who comes in. Where the answer is not whole, its
 * first entry may lie behind a hole that nothing can fill; the log then goes on from there, for the case keeps the rest.
 */
export function hearMissed(log: EntryLog, answer: { entries: readonly RoomEntry[]; isWhole: boolean }): EntryLog {
  const first = answer.entries[0];
  const begun = !answer.isWhole && first && first.seq > log.lastSeq + 1 ? { ...log, lastSeq: first.seq - 1 } : log;
  return settle({ ...begun, early: [...begun.early, ...answer.entries] });
}
