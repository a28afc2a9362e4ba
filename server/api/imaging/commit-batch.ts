import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Arrival } from './arrival.ts';
import type { CommitDeps } from './commit-deps.ts';
import { claimStudies, insertInstances, promiseIndexing } from './commit-statements.ts';
import { judgeUnplaced, type Verdict } from './judge-unplaced.ts';
import { KnownStudies } from './known-studies.ts';

const attempts = 4;

/** How long an indexing job waits for more instances of its study. */
export interface IndexDelays {
  /** Somebody waits for the first images of a study. */
  firstMs: number;
  /** Of a study that is streaming in: a job costs something by itself, and four senders have four each time. */
  streamingMs: number;
}

/**
 * Writes instances as few round trips as can be: one statement while the study is known here and its indexing job is
 * still to come, a transaction that also claims the study and promises the job otherwise.
 */
export function batchCommitter(deps: CommitDeps, delays: IndexDelays): (arrivals: Arrival[]) => Promise<Verdict[]> {
  const known = new KnownStudies();
  const delayMsOf = (uid: string) => (known.isStreaming(uid) ? delays.streamingMs : delays.firstMs);
  const { db } = deps;
  const write = async (sorted: Arrival[]): Promise<Set<string>> => {
    const isExpected = sorted.every(({ studyInstanceUid }) => known.isAwaitingJob(studyInstanceUid));
    if (!isExpected) return claimAndPlace(db, known, sorted, delayMsOf);
    const placed = await insertInstances(db.pool, ownOf(known, sorted));
    // The job may have started while this was being committed, and not have seen it.
    const missed = sorted.filter(({ studyInstanceUid }) => !known.isAwaitingJob(studyInstanceUid));
    if (missed.length > 0) {
      const asked = performance.now();
      known.awaitJobs(asked, await promiseIndexing(db.pool, studiesOf(missed), delayMsOf));
    }
    return placed;
  };
  return async (arrivals) => {
    // Two processes that write the same instances in the same order cannot lock each other out.
    const sorted = arrivals.toSorted((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
    const placed = await retried(() => write(sorted));
    const unplaced = arrivals.filter(({ id }) => !placed.has(id));
    const judged = unplaced.length > 0 ? await judgeUnplaced(deps, unplaced) : new Map<string, Verdict>();
    return arrivals.map(({ id }) => judged.get(id) ?? 'stored');
  };
}

async function claimAndPlace(db: Db, known: KnownStudies, sorted: Arrival[], delayMsOf: (uid: string) => number) {
  const { placed, asked, leftMs } = await inTransaction(db, async (connection) => {
    known.own(await claimStudies(connection, sorted));
    const own = ownOf(known, sorted);
    const placed = await insertInstances(connection, own);
    const fresh = studiesOf(own.filter(({ id }) => placed.has(id)));
    const asked = performance.now();
    const leftMs = fresh.size > 0 ? await promiseIndexing(connection, fresh, delayMsOf) : new Map();
    return { placed, asked, leftMs };
  });
  // Only what was committed is promised.
  known.awaitJobs(asked, leftMs);
  return placed;
}

const ownOf = (known: KnownStudies, arrivals: Arrival[]): Arrival[] =>
  arrivals.filter(({ studyInstanceUid, facilityId }) => known.ownerOf(studyInstanceUid) === facilityId);

const studiesOf = (arrivals: Arrival[]): Set<string> =>
  new Set(arrivals.map(({ studyInstanceUid }) => studyInstanceUid));

type Connection = Parameters<typeof promiseIndexing>[0];

async function inTransaction<T>(db: Db, work: (connection: Connection) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (cause) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw cause;
  } finally {
    client.release(broken);
  }
}

/** A deadlock did nothing and is tried again; the sender tries again after anything else. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      const code = String((cause as { code?: unknown }).code);
      if (['40001', '40P01'].includes(code) && attempt < attempts) continue;
      throw new HubError(code === '53100' ? 'storage-full' : 'unavailable', { part: 'database' }, { cause });
    }
  }
}
