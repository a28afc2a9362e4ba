import type { GuestView } from '@lianzhen/contracts/consultation-views.ts';
import type { z } from 'zod';
import type { GuestFound } from './guest-store.ts';

type View = z.infer<typeof GuestView>;

/** A guest's seat; neither code nor pass is kept, so neither can be shown again. */
export const guestView = (guest: GuestFound): View => ({
  ...{ id: guest.id, number: guest.number, name: guest.name, relation: guest.relation },
  role: guest.role as View['role'],
  expiresAt: guest.expiresAt.toISOString(),
  usedAt: guest.usedAt?.toISOString() ?? null,
  revokedAt: guest.revokedAt?.toISOString() ?? null,
});
