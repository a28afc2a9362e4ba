import type { DeliveryState } from '@lianzhen/contracts/delivery.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { deliveryViews } from './delivery-view.ts';
import * as store from './store.ts';

export interface LedgerFilter {
  page: number;
  pageSize: number;
  state?: DeliveryState[];
  facilityId?: string;
  orderId?: string;
  versionId?: string;
  q: string;
}

/** The ledger: every result by every facility that the asker may see. */
export async function listDeliveries({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: LedgerFilter) {
  const scope = requireAccess(ctx, 'delivery:read');
  const where: Prisma.DeliveryWhereInput = {
    AND: [store.inScope(scope), search(input.q)],
    facilityId: input.facilityId,
    versionId: input.versionId,
    version: input.orderId ? { report: { case: { orderId: input.orderId } } } : undefined,
  };
  const chosen = { ...where, state: input.state?.length ? { in: input.state } : undefined };
  return db.transaction(async (tx) => {
    const records = await store.list(tx, chosen, (input.page - 1) * input.pageSize, input.pageSize);
    const rows = await deliveryViews(tx, records);
    const total = await store.count(tx, chosen);
    const counts = Object.fromEntries(
      (await store.countByState(tx, where)).map((group) => [group.state, group._count._all]),
    );
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'delivery.ledgerRead',
      detail: { shown: rows.length, patientIds: [...new Set(rows.map((row) => row.content.patient.id))] },
    });
    return { rows, total, counts };
  });
}

const search = (q: string): Prisma.DeliveryWhereInput =>
  q.trim() === ''
    ? {}
    : {
        version: {
          report: {
            case: {
              order: { OR: [{ number: { contains: q.trim() } }, { patient: { name: { contains: q.trim() } } }] },
            },
          },
        },
      };

/** What each try did and what the other side said. */
export async function listAttempts({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }) {
  const scope = requireAccess(ctx, 'delivery:read');
  await store.read(db, store.inScope(scope), input.id);
  return (await store.attempts(db, input.id)).map(({ number, startedAt, endedAt, outcome, answer }) => ({
    number,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    outcome,
    answer,
  }));
}
