import type { Deps } from '../../deps.ts';
import type { IntakeDeps } from '../../imaging/intake-deps.ts';
import type { PreparePool } from './prepare-pool.ts';
import type { PreparedTrace } from './prepare-trace.ts';

/** What receiving recordings needs; one for a process. */
export interface ReceiveDeps {
  deps: Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log'>;
  intake: IntakeDeps;
  pool: PreparePool;
}
export interface SentTrace {
  bytes: Buffer;
  /** As the sender calls the file. */
  name: string | null;
  facilityCode: string | undefined;
  orderId?: string;
  orderExamId?: string;
  /** The trace that this one repeats. */
  replaces?: string;
}
export interface TakenTrace {
  id: string;
  warnings: PreparedTrace['facts']['warnings'];
  isNew: boolean;
}
