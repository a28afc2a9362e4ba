import { owedStates } from '@lianzhen/contracts/lease-rules.ts';
import type { WorklistQuery } from '@lianzhen/contracts/worklist.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { caseAtDesk, type FacilityScope } from '@lianzhen/db/scope.ts';
import { startOfDay } from '@lianzhen/platform/wall-clock.ts';
import { searchOrders } from '../orders/search-orders.ts';

/** Days of a filter are those of the region, which keeps one clock. */
const timeZone = 'Asia/Shanghai';
const dayMs = 86_400_000;

/** Everything of a filter but the states, so that the counts beside it show every state. */
export async function filterOf(
  tx: Tx,
  query: Partial<WorklistQuery>,
  scope: FacilityScope,
  accountId: string,
  now: Date,
): Promise<Prisma.CaseWhereInput> {
  const { centreId, urgency, modality, facilityId, mine, overdue, from, to, q } = query;
  const all: Prisma.CaseWhereInput[] = [caseAtDesk(scope)];
  if (centreId) all.push({ centreId });
  if (urgency?.length) all.push({ urgency: { in: urgency } });
  if (modality?.length) all.push({ order: { exams: { some: { modality: { in: modality } } } } });
  if (facilityId) all.push({ order: { requestingFacilityId: facilityId } });
  if (mine) all.push({ OR: [{ lease: { accountId, expiresAt: { gt: now } } }, { readerId: accountId }] });
  if (overdue) all.push({ dueAt: { lt: now }, state: { in: [...owedStates] } });
  if (from) all.push({ submittedAt: { gte: startOfDay(from, timeZone) } });
  if (to) all.push({ submittedAt: { lt: new Date(startOfDay(to, timeZone).getTime() + dayMs) } });
  const text = q?.trim();
  if (text) all.push({ order: await searchOrders(tx, text) });
  return { AND: all };
}

/** Without a wish, what is still owed: a queue that shows what is done hides what is to do. */
export const statesOf = (query: Partial<WorklistQuery>): Prisma.CaseWhereInput => ({
  state: { in: query.state?.length ? query.state : [...owedStates] },
});

/** Emergencies first, then what is due first; what has no deadline yet comes after what has one. */
export function orderOf(query: Partial<WorklistQuery>): Prisma.CaseOrderByWithRelationInput[] {
  const way = query.direction ?? 'asc';
  const due: Prisma.CaseOrderByWithRelationInput = { dueAt: { sort: way, nulls: 'last' } };
  const arrived: Prisma.CaseOrderByWithRelationInput[] = [{ submittedAt: way }, { id: way }];
  switch (query.sort) {
    case 'due':
      return [due, ...arrived];
    case 'submitted':
      return arrived;
    case 'patient':
      return [{ order: { patient: { namePinyin: way } } }, { order: { patient: { name: way } } }, ...arrived];
    case 'state':
      return [{ state: way }, { rank: 'asc' }, due, ...arrived];
    default:
      return [{ rank: way }, due, ...arrived];
  }
}
