import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import type { InstanceCommitter } from './instance-committer.ts';

/** What both doors need to take instances in. */
export interface IntakeDeps {
  config: Pick<Config, 'HUB_MAX_INSTANCE_BYTES'>;
  blobs: BlobStore;
  clock: Clock;
  log: Log;
  committer: Pick<InstanceCommitter, 'commit'>;
}
