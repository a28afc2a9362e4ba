import type { JobDefinition } from '@lianzhen/contracts/jobs.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import type { Log } from '@lianzhen/platform/log.ts';

/** What a job may need. */
export interface WorkerDeps {
  config: Config;
  log: Log;
  db: Db;
  blobs: BlobStore;
  clock: Clock;
}

/** A job and who does it. The payload was parsed by the queue; the signal aborts at the job's own time limit. */
export interface HandlerEntry {
  job: JobDefinition;
  handle: (
    deps: WorkerDeps,
    payload: never,
    context: { jobId: string; attempt: number; signal: AbortSignal },
  ) => Promise<void>;
}
