/** When one seat was taken, in milliseconds; without an end it still is. */
export interface Presence {
  seatId: string;
  isExpert: boolean;
  from: number;
  until: number | null;
}

/**
 * How long both sides were there together: seconds in which at least one expert and at least one of the others had a
 * seat. A dead link between is not counted, and nothing is counted twice.
 * @param now ends what has no end yet, in milliseconds
 */
export function secondsTogether(presences: readonly Presence[], now: number): number {
  const turns = presences.flatMap(({ isExpert, from, until }) => [
    { at: from, isExpert, by: 1 },
    { at: Math.max(from, until ?? now), isExpert, by: -1 },
  ]);
  turns.sort((a, b) => a.at - b.at || b.by - a.by);
  let experts = 0;
  let others = 0;
  let since = 0;
  let together = 0;
  for (const { at, isExpert, by } of turns) {
    if (experts > 0 && others > 0) together += at - since;
    since = at;
    if (isExpert) experts += by;
    else others += by;
  }
  return Math.floor(together / 1000);
}

export interface Interruption {
  seatId: string;
  from: number;
  /** Empty where he did not come back. */
  to: number | null;
}
/** The gaps between one seat's intervals: who was gone, from when, until when. In the order of their beginning. */
export function interruptionsOf(presences: readonly Presence[]): Interruption[] {
  const gaps: Interruption[] = [];
  const bySeat = Map.groupBy(presences, ({ seatId }) => seatId);
  for (const [seatId, all] of bySeat) {
    const intervals = [...all].sort((a, b) => a.from - b.from);
    let end: number | null = null;
    for (const { from, until } of intervals) {
      if (end !== null && from > end) gaps.push({ seatId, from: end, to: from });
      if (until === null) break;
      end = Math.max(end ?? until, until);
    }
  }
  return gaps.sort((a, b) => a.from - b.from);
}
