import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Arrival, Outcome } from './arrival.ts';
import type { CommitDeps } from './commit-deps.ts';
import { quarantineArrival } from './quarantine-arrival.ts';
import { sameDataset } from './same-dataset.ts';
import * as store from './store.ts';

/** What became of one instance, or why that could not be found out. */
export type Verdict = Outcome | HubError;

/**
 * Says what the instances are that could not be written as new: the same again, the same UID with other bytes, or part
 * of another facility's study. The last two go to quarantine, committed before this resolves; nothing is overwritten.
 * One that cannot be judged now takes none of the others with it.
 */
export async function judgeUnplaced(deps: CommitDeps, arrivals: Arrival[]): Promise<Map<string, Verdict>> {
  const uids = arrivals.map(({ sopInstanceUid }) => sopInstanceUid);
  const first = await store.firstOfUids(deps.db, uids).catch(unavailable);
  const verdicts = new Map<string, Verdict>();
  for (const arrival of arrivals) {
    const judging = first instanceof HubError ? first : judge(deps, arrival, first.get(arrival.sopInstanceUid));
    verdicts.set(arrival.id, await Promise.resolve(judging).catch(unavailable));
  }
  return verdicts;
}

/** The sender comes again, and by then it may be known. */
const unavailable = (cause: unknown): HubError => new HubError('unavailable', { part: 'judging' }, { cause });

async function judge(deps: CommitDeps, arrival: Arrival, there: store.FirstOfUid | undefined): Promise<Outcome> {
  if (!there || there.facilityId !== arrival.facilityId) {
    await quarantineArrival(deps, arrival, 'foreign-study');
    return 'foreign';
  }
  if (arrival.isNamedByContent && (await isStored(deps, there.blob))) return 'duplicate';
  if (there.sha256 === arrival.sha256) {
    // Success says that the bytes are safe. Where the disk lost them, these take their place.
    const isThere = await deps.blobs.size(there.blob).then(
      (size) => size === arrival.size,
      () => false,
    );
    if (isThere) return 'duplicate';
    await store.replaceBlob(deps.db, arrival);
    deps.log.error({ facilityId: arrival.facilityId }, 'lost bytes of an instance came again');
    return 'stored';
  }
  // Two doors wrap the same dataset in different file meta information; that is still the same instance.
  if (await sameDataset(deps.blobs, there.blob, arrival.blob)) return 'duplicate';
  await quarantineArrival(deps, arrival, 'same-uid-other-bytes');
  return 'conflict';
}

const isStored = ({ blobs }: CommitDeps, place: string): Promise<boolean> =>
  blobs.size(place).then(
    () => true,
    () => false,
  );
