import { eventsKeptMs } from '@lianzhen/contracts/events.ts';
import type { WorkerDeps } from '../deps.ts';
import * as outbox from './store.ts';

const atOnce = 5000;

/** Who was away for longer than this is told to read everything again. */
export async function forgetEvents({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  await outbox.forgetEvents(db, new Date(clock.now().getTime() - eventsKeptMs), atOnce);
}
