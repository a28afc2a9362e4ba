import { z } from 'zod';

/** What the address of the page remembers of the search. */
export const AuditSearch = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  action: z.string().max(60).catch(''),
  actor: z.string().max(64).catch(''),
  objectId: z.string().max(128).catch(''),
  outcome: z.enum(['', 'success', 'refused', 'failure']).catch(''),
  from: z.iso.datetime({ offset: true }).optional().catch(undefined),
  to: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
export type AuditSearch = z.infer<typeof AuditSearch>;
