import type { Prisma } from '@lianzhen/db/client.ts';
import { type Ctx, requirePerson } from '../context.ts';
import type { Purpose } from './hold-case.ts';
import { isReviewer } from './require-reviewer.ts';

/** What waits for a reader, or for a reviewer who did not write it. What was sent back waits for its writer alone. */
export const freeFor = (purpose: Purpose, accountId: string): Prisma.CaseWhereInput =>
  purpose === 'review'
    ? { state: 'submitted', report: { writerId: { not: accountId } } }
    : { OR: [{ state: 'ready' }, { state: 'rejected', readerId: accountId }] };

/** Everything that this person may take up now, to read or, where his signature counts as a reviewer's, to review. */
export function claimableBy(ctx: Ctx): Prisma.CaseWhereInput {
  const { accountId, seats } = requirePerson(ctx);
  const reviews = seats.map(({ facilityId }) => facilityId).filter((facilityId) => isReviewer(ctx, facilityId));
  const toReview = { AND: [freeFor('review', accountId), { centre: { facilityId: { in: reviews } } }] };
  return { OR: [freeFor('read', accountId), toReview] };
}
