import { z } from 'zod';

/** What the page of critical patterns shows, in its address: a centre, and an earlier or coming version. */
export const RulesSearch = z.object({
  centre: z.string().max(64).optional().catch(undefined),
  version: z.coerce.number().int().min(1).optional().catch(undefined),
});
export type RulesSearch = z.infer<typeof RulesSearch>;
