import { z } from 'zod';

/** What the address of the page remembers of the search; what it cannot read there it leaves out. */
export const AuditSearch = z.object({
  page: z.number().int().min(1).optional().catch(undefined),
  action: z.string().max(60).optional().catch(undefined),
  actor: z.string().max(64).optional().catch(undefined),
  objectId: z.string().max(128).optional().catch(undefined),
  outcome: z.enum(['success', 'refused', 'failure']).optional().catch(undefined),
  from: z.iso.datetime({ offset: true }).optional().catch(undefined),
  to: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
export type AuditSearch = z.infer<typeof AuditSearch>;
