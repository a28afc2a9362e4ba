import { z } from 'zod';

/** What the address of the page remembers. */
export const ImagingSearch = z.object({
  tab: z.enum(['quarantine', 'studies', 'upload']).optional().catch(undefined),
  page: z.number().int().min(1).optional().catch(undefined),
  q: z.string().max(64).optional().catch(undefined),
  state: z.enum(['receiving', 'unmatched', 'quarantined', 'matched', 'rejected']).optional().catch(undefined),
  decided: z.enum(['open', 'accepted', 'rejected']).optional().catch(undefined),
});
export type ImagingSearch = z.infer<typeof ImagingSearch>;
