import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireMachine } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './request-store.ts';
import { requestView } from './request-view.ts';
import type { Resource } from './served-resource.ts';

type Part = Pick<Deps, 'db'>;

/** One request of the token's own facility. @throws `not-found` for any other */
export async function readRequest({ db }: Part, ctx: Ctx, id: string): Promise<Resource> {
  const { scope } = requireMachine(ctx, 'orders:send');
  return db.transaction(async (tx) => {
    const [found] = await store.requests(tx, scope, { id }, 0, 1);
    if (!found) throw new HubError('not-found');
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'orders.orderRead',
      patientId: found.order.patient.id,
      objectType: 'order',
      objectId: found.orderId,
    });
    return requestView(found);
  });
}

/** A page of the requests of the token's own facility, latest first. */
export async function findRequests({ db }: Part, ctx: Ctx, filter: store.RequestFilter, page: number, count: number) {
  const { scope } = requireMachine(ctx, 'orders:send');
  return db.transaction(async (tx) => {
    const found = await store.requests(tx, scope, filter, (page - 1) * count, count);
    const total = await store.countRequests(tx, scope, filter);
    const patientIds = [...new Set(found.map(({ order }) => order.patient.id))];
    const detail = { shown: found.length, total, patientIds };
    await recordAudit(tx, { ...auditOf(ctx), action: 'orders.ordersListed', detail });
    return { total, resources: found.map(requestView) };
  });
}
