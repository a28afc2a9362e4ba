import { z } from 'zod';

/** What happens to a case, as people are told it: past facts, each with its time and, where it has one, its person. */
export const CaseEventKind = z.enum([
  'sent',
  'ready',
  'late-images',
  'claimed',
  'released',
  'lease-expired',
  'taken-over',
  'submitted',
  'edited-by-reviewer',
  'preliminary-issued',
  'rejected',
  'approved',
  'amended',
  'correction-abandoned',
  'returned',
  'taken-again',
  'supplemented',
  'withdrawn',
  'overdue',
  'consultation-asked',
  'consultation-over',
]);
export type CaseEventKind = z.infer<typeof CaseEventKind>;

/** A reviewer's words to a writer stay in the centre; every other event, and its reason, is the sender's business too. */
export const isForSender = (kind: string): boolean =>
  !['rejected', 'taken-over', 'edited-by-reviewer', 'released', 'lease-expired'].includes(kind);
