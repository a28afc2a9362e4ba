import type { Prisma } from '@lianzhen/db/client.ts';
import { type Ctx, requirePerson } from '../context.ts';
import type { Purpose } from './hold-case.ts';
import { isReviewer } from './require-reviewer.ts';

/** What waits for a reader, or for a reviewer who did not write it. What was sent back waits for its writer alone. */
export const freeFor = (purpose: Purpose, accountId: string): Prisma.CaseWhereInput =>
  purpose === 'review'
    ? { state: 'submitted', report: { writerId: { not: accountId } } }
    : { OR: [{ state: 'ready' }, { state: 'rejected', readerId: accountId }] };

/** What waits for a review in which this person's signature would count: none of his own reports. */
export function reviewableBy(ctx: Ctx): Prisma.CaseWhereInput {
  const { accountId, seats } = requirePerson(ctx);
  const reviews = seats.map(({ facilityId }) => facilityId).filter((facilityId) => isReviewer(ctx, facilityId));
  return { AND: [freeFor('review', accountId), { centre: { facilityId: { in: reviews } } }] };
}

/** Everything that this person may take up now, to read or, where his signature counts as a reviewer's, to review. */
export const claimableBy = (ctx: Ctx): Prisma.CaseWhereInput => ({
  OR: [freeFor('read', requirePerson(ctx).accountId), reviewableBy(ctx)],
});
