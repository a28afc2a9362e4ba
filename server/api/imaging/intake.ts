import type { Deps } from '../deps.ts';
import { batchCommitter } from './commit-batch.ts';
import { InstanceCommitter } from './instance-committer.ts';
import type { IntakeDeps } from './intake-deps.ts';

/** One job reads what came in a second, or in a quarter of the time after which a study counts as complete. */
const longestIndexDelayMs = 1000;

/** What receiving needs; one for a process, so that all its senders share their commits. */
export function openIntake(deps: Pick<Deps, 'config' | 'db' | 'blobs' | 'log' | 'clock'>): IntakeDeps {
  const { config, blobs, clock, log } = deps;
  const indexDelayMs = Math.min(longestIndexDelayMs, config.HUB_SETTLE_MS / 4);
  return { config, blobs, clock, log, committer: new InstanceCommitter(batchCommitter(deps, indexDelayMs)) };
}
