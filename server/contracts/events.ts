import { z } from 'zod';

/** Events say "look again", never "here is the truth". */
export const Topic = z.enum([
  'order',
  'case',
  'study',
  'quarantine',
  'report',
  'delivery',
  'patient',
  'facility',
  'session',
]);
export type Topic = z.infer<typeof Topic>;

export const ChangeEvent = z.object({
  topic: Topic,
  id: z.string(),
  revision: z.number().int(),
  /** Rising per hub; a gap tells the client to look at everything again. */
  seq: z.string(),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;
export const changeEventName = 'changed';

/** As a transaction leaves it in the outbox: with the facilities that may hear it. */
export const OutboxEvent = z.object({
  topic: Topic,
  id: z.string(),
  revision: z.number().int(),
  facilityIds: z.array(z.string()),
  accountIds: z.array(z.string()).optional(),
});
export type OutboxEvent = z.infer<typeof OutboxEvent>;
