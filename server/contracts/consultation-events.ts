import { z } from 'zod';

/** What happens to a consultation, as people are told it: its ledger. Each has its time and, where it has one, its person and reason. */
export const ConsultationEventKind = z.enum([
  'sent',
  'invited',
  'accepted',
  'time-proposed',
  'time-agreed',
  'time-refused',
  'declined',
  'supplement-asked',
  'supplemented',
  'overdue',
  'passed-on',
  'reminded',
  'guest-invited',
  'guest-revoked',
  'started',
  'ended',
  'opinion-overdue',
  'opinion-signed',
  'opinion-correcting',
  'opinion-corrected',
  'acknowledged',
  'cancelled',
  'terminated',
  'missed',
  'explained',
  'archived',
]);
export type ConsultationEventKind = z.infer<typeof ConsultationEventKind>;

/** Who did not come, as the hub saw it: `closedReason` of a missed appointment. */
export const MissedReason = z.enum(['nobody-came', 'requester-absent', 'expert-absent', 'never-met']);
export type MissedReason = z.infer<typeof MissedReason>;
