import type { DeliveryRow } from '@lianzhen/contracts/delivery.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { mostAhead } from '@lianzhen/contracts/fields.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { type FacilityScope, versionInScope } from '@lianzhen/db/scope.ts';
import { recordRead } from '../audit/record-read.ts';
import { noteReadInInbox } from '../consultation/acknowledge-opinion.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { deliveryViews } from './delivery-view.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;

/**
 * Results that came for one's own facilities; the newest version of each. Which the inboxes are is asked first, so that
 * what went to a house's systems, and is read by nobody, is not looked at.
 */
const arrived = (scope: FacilityScope, inboxIds: string[]): Prisma.DeliveryWhereInput => ({
  destinationId: { in: inboxIds },
  state: 'accepted',
  // Who only reads here sees what came for the cases he reads; everybody else all that came.
  version: { replacedBy: null, ...(scope.readerAt.length > 0 ? versionInScope(scope) : {}) },
  isOutdated: false,
});

export async function listInbox({ db }: Part, ctx: Ctx, input: { page: number; pageSize: number; unread?: boolean }) {
  const scope = requireAccess(ctx, 'report:read');
  return db.transaction(async (tx) => {
    const where = arrived(scope, await store.inboxesOf(tx, scope));
    const chosen = input.unread ? { ...where, readAt: null } : where;
    const records = await store.list(tx, chosen, (input.page - 1) * input.pageSize, input.pageSize);
    const rows = (await deliveryViews(tx, records)).map(({ content, ...row }) => ({
      ...row,
      impression: content.impression,
      critical: content.critical,
      positive: content.positive,
      centreName: content.centre.name,
      kind: content.kind,
      patientId: content.patient.id,
    }));
    const total = await store.countOf(tx, [chosen], input.page * input.pageSize + mostAhead);
    const unread = await store.countOf(tx, [{ ...where, readAt: null }], mostAhead);
    await recordRead(tx, ctx, {
      action: 'delivery.inboxRead',
      detail: { patientIds: [...new Set(rows.map((row) => row.patientId))] },
    });
    return { rows, total, unread };
  });
}

/** A person of the receiving facility says that he has read the result. The first one stays written. */
export async function acknowledgeResult({ db, clock }: Part, ctx: Ctx, input: { id: string }): Promise<DeliveryRow> {
  const scope = requireAccess(ctx, 'result:acknowledge');
  const person = requirePerson(ctx);
  const { accountId } = person;
  return db.transaction(async (tx) => {
    const own: Prisma.DeliveryWhereInput = { facilityId: { in: scope.facilityIds }, destination: { kind: 'inbox' } };
    const before = await store.read(tx, own, input.id);
    if (before.state !== 'accepted') throw new HubError('wrong-state', { from: before.state });
    const data = { readAt: clock.now(), readById: accountId, revision: { increment: 1 } };
    const { count } = await tx.delivery.updateMany({ where: { id: before.id, readAt: null }, data });
    const record = await store.read(tx, own, input.id);
    const [view] = await deliveryViews(tx, [record]);
    if (!view) throw new HubError('not-found');
    if (count > 0) {
      const { consultationId } = record.version.report;
      if (consultationId) await noteReadInInbox(tx, consultationId, record.facilityId, person, clock.now());
      await emit(tx, {
        topic: 'delivery',
        id: record.id,
        revision: record.revision,
        facilityIds: await store.facilitiesConcerned(tx, record),
      });
      await recordAudit(tx, {
        ...auditOf(ctx, record.facilityId),
        action: 'delivery.resultAcknowledged',
        patientId: view.content.patient.id,
        objectType: 'delivery',
        objectId: record.id,
      });
    }
    return view;
  });
}
