import { ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { WorklistQuery } from '@lianzhen/contracts/worklist.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { caseRow } from './case-row.ts';
import { claimableBy, reviewableBy } from './claimable-by.ts';
import { filterOf, orderOf, statesOf } from './filter-cases.ts';
import { namePeople } from './name-people.ts';
import * as store from './store.ts';
import { traceMarks } from './trace-marks.ts';

/**
 * One page of the queue of the centres that one reads for, which these are, how many cases stand in each state, and how many
 * of those that wait for review the asker may review.
 */
export async function listCases(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: WorklistQuery & {
    page: number;
    pageSize: number;
    claimable?: boolean | undefined;
    reviewable?: boolean | undefined;
  },
) {
  const scope = requireAccess(ctx, 'worklist:read');
  const { accountId } = requirePerson(ctx);
  const now = clock.now();
  return db.transaction(async (tx) => {
    const asked = await filterOf(tx, input, scope, accountId, now);
    const filter = input.claimable ? { AND: [asked, claimableBy(ctx)] } : asked;
    const toReview = reviewableBy(ctx);
    const others = { state: { not: 'submitted' } };
    const where = { AND: [filter, statesOf(input), ...(input.reviewable ? [{ OR: [toReview, others] }] : [])] };
    const skip = (input.page - 1) * input.pageSize;
    const { rows: found, total } = await store.page(tx, where, orderOf(input), skip, input.pageSize);
    const counts = await store.countByState(tx, filter);
    const toReviewCount = counts.submitted ? await store.count(tx, { AND: [filter, toReview] }) : 0;
    const names = await namePeople(
      tx,
      found.map(({ report }) => report?.writerId ?? null),
    );
    const marksOf = await traceMarks(tx, found);
    await recordRead(tx, ctx, { action: 'worklist.casesListed', detail: { shown: found.length, total } });
    const centres = (await store.centresOf(tx, scope)).map(({ line, ...centre }) => ({
      ...centre,
      line: ServiceLine.parse(line),
    }));
    const rows = found.map((one) => caseRow(one, names, marksOf(one.id), now));
    return { rows, total, counts, toReview: toReviewCount, centres };
  });
}
