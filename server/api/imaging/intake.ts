import type { Deps } from '../deps.ts';
import { batchCommitter } from './commit-batch.ts';
import { InstanceCommitter } from './instance-committer.ts';
import type { IntakeDeps } from './intake-deps.ts';

/** One job reads what came in a second, or in two once the study is known to stream in. */
const longestDelays = { firstMs: 1000, streamingMs: 2000 };

/** What receiving needs; one for a process, so that all its senders share their commits. */
export function openIntake(deps: Pick<Deps, 'config' | 'db' | 'blobs' | 'log' | 'clock'>): IntakeDeps {
  const { config, blobs, clock, log } = deps;
  // Both end before a study counts as complete.
  const delays = {
    firstMs: Math.min(longestDelays.firstMs, config.HUB_SETTLE_MS / 4),
    streamingMs: Math.min(longestDelays.streamingMs, config.HUB_SETTLE_MS / 2),
  };
  return { config, blobs, clock, log, committer: new InstanceCommitter(batchCommitter(deps, delays)) };
}
