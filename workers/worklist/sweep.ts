import type { WorkerDeps } from '../deps.ts';
import type { SweepStep } from '../keep-sweeping.ts';
import { escalateOverdue } from './escalate-overdue.ts';
import { expireLeases } from './expire-leases.ts';

/** What the worklist has swept up: leases without a heartbeat, and deadlines that passed. */
export const worklistSweepSteps: SweepStep[] = [
  { name: 'expire-leases', run: expireLeases },
  { name: 'escalate-overdue', run: escalateOverdue },
];

/**
 * One sweep on demand. Every step runs, whatever happens to the others; the job fails if one did, so that it is seen.
 * @throws AggregateError of what the steps threw
 */
export const sweepWith =
  (steps: readonly SweepStep[]) =>
  async (deps: WorkerDeps): Promise<void> => {
    const failures: unknown[] = [];
    for (const step of steps) await step.run(deps).catch((cause: unknown) => failures.push(cause));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} sweeping steps failed`);
  };
