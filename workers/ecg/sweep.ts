import { readTrace } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import type { SweepStep } from '../keep-sweeping.ts';
import * as alarms from './alarm-store.ts';
import { escalate } from './escalate-alarm.ts';
import * as store from './store.ts';

const batch = 100;
/** A job that has not run by then is not late but lost. */
const lostAfterMs = 60_000;

/** Calls the next for alarms whose job was lost or is late: a heart does not wait for a queue. */
export async function sweepAlarms(deps: Pick<WorkerDeps, 'db' | 'clock' | 'log'>): Promise<void> {
  for (const id of await alarms.overdue(deps.db, deps.clock.now(), batch)) await escalate(deps, id);
}

/** Promises again that recordings are read which nobody has read; a job too many finds nothing to do. */
export function sweepTraces(): SweepStep['run'] {
  let lastAt = Number.NEGATIVE_INFINITY;
  return async ({ db, clock }) => {
    const now = clock.now().getTime();
    // Not with every sweep: one that cannot be read now has its own attempts.
    if (now - lastAt < lostAfterMs) return;
    lastAt = now;
    const ids = await store.unreadTraces(db, new Date(now - lostAfterMs), batch);
    if (ids.length === 0) return;
    await db.transaction(async (tx) => {
      for (const traceId of ids) await enqueue(tx, readTrace, { traceId });
    });
  };
}

/** What electrocardiograms have swept up: alarms that nobody answers, recordings whose job was lost. */
export const ecgSweepSteps: SweepStep[] = [
  { name: 'escalate-alarms', run: sweepAlarms },
  { name: 'read-traces', run: sweepTraces() },
];
