import { type Presence, secondsTogether } from '@lianzhen/contracts/attendance-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Attended, attendance } from './timeline-store.ts';

/** Who was there when, as the rules of attendance take it. Whoever only watches makes no consultation. */
export const presencesOf = (attended: readonly Attended[]): Presence[] =>
  attended
    .filter(({ role }) => role !== 'observer')
    .map(({ seatId, role, from, until }) => ({
      seatId,
      isExpert: role === 'expert' || role === 'chair',
      from: from.getTime(),
      until: until?.getTime() ?? null,
    }));

/** Seconds in which both sides were in the room. */
export const heldTogether = async (tx: Tx, consultationId: string, now: Date): Promise<number> =>
  secondsTogether(presencesOf(await attendance(tx, consultationId)), now.getTime());
