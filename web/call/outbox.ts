import type { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import type { WaitingWord } from './room-state.ts';

/** Words without those that stand among the entries: the entry is the proof that one has arrived. */
export function withoutArrived(words: readonly WaitingWord[], entries: readonly RoomEntry[]): readonly WaitingWord[] {
  if (!words.length) return words;
  const arrived = new Set(entries.flatMap(({ what }) => (what.kind === 'chat' ? [what.id] : [])));
  const left = words.filter(({ id }) => !arrived.has(id));
  return left.length === words.length ? words : left;
}

/** What is to be sent again once the link is back, in the order in which it was written. */
export const toSend = (words: readonly WaitingWord[]): readonly WaitingWord[] =>
  words.filter(({ failed }) => failed === null);
