import type { SweepStep } from '../keep-sweeping.ts';
import { escalateOverdue } from './escalate-overdue.ts';
import { expireLeases } from './expire-leases.ts';

/** What the worklist has swept up: leases without a heartbeat, and deadlines that passed. */
export const worklistSweepSteps: SweepStep[] = [
  { name: 'expire-leases', run: expireLeases },
  { name: 'escalate-overdue', run: escalateOverdue },
];
