import type { Db } from '@lianzhen/db/client.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Log } from '@lianzhen/platform/log.ts';

/** What a batch of arrivals needs to be committed. */
export interface CommitDeps {
  db: Db;
  blobs: BlobStore;
  log: Log;
}
