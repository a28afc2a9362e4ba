import { z } from 'zod';

const word = z.coerce.string().max(64).optional().catch(undefined);

/** What the address of the page for sending says: the trace that was sent, for which request, and what it repeats. */
export const EcgSearch = z.object({
  trace: word,
  order: word,
  replaces: word,
  page: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type EcgSearch = z.infer<typeof EcgSearch>;
