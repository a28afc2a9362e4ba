import type { WorklistQuery } from '@lianzhen/contracts/worklist.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type ClaimedCase, claimLocked } from './claim-case.ts';
import { freeFor } from './claimable-by.ts';
import { filterOf, orderOf } from './filter-cases.ts';
import type { Purpose } from './hold-case.ts';
import { requireReviewer } from './require-reviewer.ts';
import * as store from './store.ts';

/** How far down the queue one press looks for a case that nobody else is taking at the same moment. */
const reach = 500;

/**
 * Claims the first free case by the filter, in the filter's order, starting behind `after` and going round. Any number of
 * people may press at once: each gets another case. What a reviewer sent back waits for its writer alone.
 */
export async function claimNext(
  deps: Pick<Deps, 'db' | 'clock' | 'config'>,
  ctx: Ctx,
  input: { query: Partial<WorklistQuery>; purpose: Purpose; after?: string | undefined },
): Promise<{ case: ClaimedCase | null }> {
  const scope = requireAccess(ctx, 'case:claim');
  const { accountId } = requirePerson(ctx);
  if (input.purpose === 'review') requireReviewer(ctx, null);
  return deps.db.transaction(async (tx) => {
    const filter = await filterOf(tx, input.query, scope, accountId, deps.clock.now());
    const where = { AND: [filter, freeFor(input.purpose, accountId)] };
    const queue = await store.candidates(tx, where, orderOf(input.query), reach);
    const id = await lockFirst(
      tx,
      startingAfter(
        queue.map((one) => one.id),
        input.after,
      ),
      input.purpose,
    );
    // Whoever was moved to another centre between the two looks has no next case here.
    const found = id === undefined ? null : await store.seek(tx, scope, id);
    if (found === null) return { case: null };
    return { case: await claimLocked(tx, deps, ctx, scope, found) };
  });
}

const lockFirst = (tx: Tx, ids: string[], purpose: Purpose): Promise<string | undefined> =>
  store.lockFirstFree(tx, ids, purpose === 'review' ? ['submitted'] : ['ready', 'rejected']);

/** The queue from behind one case on, then from its beginning; that case itself is left out. */
export function startingAfter(ids: readonly string[], after: string | undefined): string[] {
  const at = after === undefined ? -1 : ids.indexOf(after);
  return [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0))];
}
