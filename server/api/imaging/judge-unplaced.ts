import type { Arrival, Outcome } from './arrival.ts';
import type { CommitDeps } from './commit-deps.ts';
import { quarantineArrival } from './quarantine-arrival.ts';
import { sameDataset } from './same-dataset.ts';
import * as store from './store.ts';

/**
 * Says what the instances are that could not be written as new: the same again, the same UID with other bytes, or part
 * of another facility's study. The last two go to quarantine, committed before this resolves; nothing is overwritten.
 */
export async function judgeUnplaced(deps: CommitDeps, arrivals: Arrival[]): Promise<Map<string, Outcome>> {
  const first = await store.firstOfUids(
    deps.db,
    arrivals.map(({ sopInstanceUid }) => sopInstanceUid),
  );
  const outcomes = new Map<string, Outcome>();
  for (const arrival of arrivals) {
    const there = first.get(arrival.sopInstanceUid);
    const outcome = await judge(deps, arrival, there);
    if (outcome === 'conflict') await quarantineArrival(deps, arrival, 'same-uid-other-bytes');
    if (outcome === 'foreign') await quarantineArrival(deps, arrival, 'foreign-study');
    outcomes.set(arrival.id, outcome);
  }
  return outcomes;
}

async function judge({ blobs }: CommitDeps, arrival: Arrival, there: store.FirstOfUid | undefined): Promise<Outcome> {
  if (!there || there.facilityId !== arrival.facilityId) return 'foreign';
  if (there.sha256 === arrival.sha256) return 'duplicate';
  // Two doors wrap the same dataset in different file meta information; that is still the same instance.
  return (await sameDataset(blobs, there.blob, arrival.blob)) ? 'duplicate' : 'conflict';
}
