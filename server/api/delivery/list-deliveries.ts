import { rolesMay } from '@lianzhen/contracts/access.ts';
import { type DeliveryState, unsettledStates } from '@lianzhen/contracts/delivery.ts';
import { mostAhead } from '@lianzhen/contracts/fields.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import { searchConsultations } from '../consultation/search-consultations.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { searchOrders } from '../orders/search-orders.ts';
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

/**
 * The ledger: every result by every facility that the asker may see. Who only watches over the region (a regulator) sees
 * that results arrive, not whose they are, and cannot ask for a name either.
 */
export async function listDeliveries({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: LedgerFilter) {
  const scope = requireAccess(ctx, 'delivery:read');
  const mayName = mayNamePatients(ctx);
  const { facilityId, versionId } = input;
  return db.transaction(async (tx) => {
    const subjects = store.inScope(scope, await subjectsOf(tx, input, mayName));
    const wheres = subjects.map((where): Prisma.DeliveryWhereInput => ({ ...where, facilityId, versionId }));
    const chosen = wheres.map((where) => ({ ...where, state: input.state?.length ? { in: input.state } : undefined }));
    const records = await store.listOf(tx, chosen, (input.page - 1) * input.pageSize, input.pageSize);
    const rows = await deliveryViews(tx, records);
    const counts = await store.countByState(tx, wheres, unsettledStates, mostAhead);
    const total = await store.countOf(tx, chosen, input.page * input.pageSize + mostAhead);
    await recordRead(tx, ctx, {
      action: 'delivery.ledgerRead',
      detail: { shown: rows.length, patientIds: [...new Set(rows.map((row) => row.content.patient.id))] },
    });
    const shown = mayName ? rows : rows.map((row) => ({ ...row, patientName: maskName(row.patientName) }));
    return { rows: shown, total, counts };
  });
}

/** Where one treats patients, or keeps their register, one knows their names. Who also watches over others sees none. */
function mayNamePatients(ctx: Ctx): boolean {
  const seats = requirePerson(ctx).seats.filter(({ roles }) => rolesMay(roles, 'delivery:read'));
  return seats.every(({ roles }) => rolesMay(roles, 'patient:read') || rolesMay(roles, 'patient:merge'));
}
/** The surname is left, as on the screens of waiting rooms. */
const maskName = (name: string): string => [...name].map((letter, at) => (at === 0 ? letter : '*')).join('');

async function subjectsOf(tx: Tx, { q, orderId: id }: LedgerFilter, mayName: boolean): Promise<store.Subjects> {
  const text = q.trim();
  if (text === '') return { order: { id }, consultation: { id } };
  return {
    order: { id, AND: [await searchOrders(tx, text, mayName)] },
    consultation: { id, AND: [await searchConsultations(tx, text, mayName)] },
  };
}

/** What each try did and what the other side said, in whose words the patient may well be. */
export async function listAttempts({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }) {
  const scope = requireAccess(ctx, 'delivery:read');
  return db.transaction(async (tx) => {
    const record = await store.readAny(tx, store.inScope(scope), input.id);
    const attempts = await store.attempts(tx, record.id);
    const [view] = await deliveryViews(tx, [record]);
    await recordRead(tx, ctx, {
      action: 'delivery.attemptsRead',
      patientId: view?.content.patient.id,
      objectType: 'delivery',
      objectId: record.id,
    });
    return attempts.map(({ number, startedAt, endedAt, outcome, answer }) => ({
      number,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      outcome,
      answer,
    }));
  });
}
