import { type ApiError, asApiError } from '../../../api/api-error.ts';
import type { EndReason, RoomTicket } from '../../../call/room-state.ts';

/** What the hub answers to who may not come in any more, by its code. */
const ends: Partial<Record<ApiError['code'], EndReason>> = {
  forbidden: 'refused',
  'not-found': 'ended',
  'wrong-state': 'ended',
};

/** Another ticket for the same seat. What the hub refuses is the end; what it cannot answer now is tried again. */
export const renewOf =
  (join: () => Promise<RoomTicket>) => async (): Promise<RoomTicket | { over: EndReason; text: string }> => {
    try {
      return await join();
    } catch (cause) {
      const over = ends[asApiError(cause).code];
      if (!over) throw cause;
      return { over, text: '' };
    }
  };
