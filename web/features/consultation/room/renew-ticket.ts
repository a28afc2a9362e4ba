import { type ApiError, asApiError } from '../../../api/api-error.ts';
import type { EndReason, RoomTicket } from '../../../call/room-state.ts';
import type { SeatOptions } from '../../../call/seat-keeper.ts';

/** What the hub answers to who may not come in any more, by its code. */
const ends: Partial<Record<ApiError['code'], EndReason>> = {
  forbidden: 'refused',
  'not-found': 'ended',
  'wrong-state': 'ended',
};
/** What it answers to whom it does not know any more: the session of an account, the pass of a guest. */
const lapses: Partial<Record<ApiError['code'], EndReason>> = {
  unauthenticated: 'logged-out',
  'wrong-credentials': 'refused',
};

/**
 * Another ticket for the same seat. What the hub refuses is the end; whom it does not know may still have a seat that is kept;
 * what it cannot answer now is tried again.
 */
export const renewOf =
  (join: () => Promise<RoomTicket>): SeatOptions['renew'] =>
  async () => {
    try {
      return await join();
    } catch (cause) {
      const { code } = asApiError(cause);
      const [over, unlessKept] = [ends[code], lapses[code]];
      if (over) return { over, text: '' };
      if (unlessKept) return { unlessKept };
      throw cause;
    }
  };
