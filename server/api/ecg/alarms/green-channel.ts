import type { GreenChannelTimes } from '@lianzhen/contracts/ecg-alarms.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { recordRead } from '../../audit/record-read.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import * as store from './store.ts';

type TimesDeps = Pick<Deps, 'db' | 'clock'>;
/** Clocks of a clinic and of the hub run a little apart. */
const clockSlackMs = 300_000;

/** The times of a patient with chest pain from first contact to decision, for every party of the order. */
export const readTimes = ({ db }: TimesDeps, ctx: Ctx, { orderId }: { orderId: string }): Promise<GreenChannelTimes> =>
  db.transaction(async (tx) => {
    const order = await store.orderInReach(tx, requireAccess(ctx, 'order:read'), orderId);
    const times = await timesOf(tx, order);
    const { patientId } = order;
    await recordRead(tx, ctx, { action: 'ecg.timesRead', patientId, objectType: 'order', objectId: orderId });
    return times;
  });

interface FirstContact {
  orderId: string;
  firstContactAt: string;
  symptomAt: string | null;
}

/**
 * What nobody but the sender knows: when the patient was first seen, and when it began.
 * @throws `not-found` outside the parties, `forbidden` outside the facility that asked, `bad-input` for times to come
 */
export async function setFirstContact(
  { db, clock }: TimesDeps,
  ctx: Ctx,
  input: FirstContact,
): Promise<GreenChannelTimes> {
  const scope = requireAccess(ctx, 'order:supplement');
  const { accountId } = requirePerson(ctx);
  const at = clock.now();
  const firstContactAt = new Date(input.firstContactAt);
  const symptomAt = input.symptomAt === null ? null : new Date(input.symptomAt);
  if (firstContactAt.getTime() > at.getTime() + clockSlackMs) throw bad('firstContactAt', 'a time that has come');
  if (symptomAt && symptomAt > firstContactAt) throw bad('symptomAt', 'a time before the first contact');
  return db.transaction(async (tx) => {
    const order = await store.orderInReach(tx, scope, input.orderId);
    requireAccess(ctx, 'order:supplement', order.requestingFacilityId);
    const { orderId } = input;
    await store.setFirstContact(tx, { orderId, firstContactAt, symptomAt, byId: accountId, at });
    const facilityIds = await store.partiesOf(tx, orderId);
    await emit(tx, { topic: 'order', id: orderId, revision: order.revision, facilityIds });
    const times = await timesOf(tx, order);
    await recordAudit(tx, {
      ...auditOf(ctx, order.requestingFacilityId),
      ...{ action: 'ecg.firstContactSet', objectType: 'order', objectId: orderId, patientId: order.patientId },
    });
    return times;
  });
}

const bad = (field: string, expected: string) => new HubError('bad-input', { fields: [{ field, expected }] });

type Order = Awaited<ReturnType<typeof store.orderInReach>>;

async function timesOf(tx: Tx, { id: orderId, case: found }: Order): Promise<GreenChannelTimes> {
  const contact = await store.firstContact(tx, orderId);
  const traces = await store.tracesOfOrder(tx, orderId);
  const alarms = traces.flatMap(({ alarm }) => alarm ?? []);
  const first = (dates: ReadonlyArray<Date | null | undefined>): string | null =>
    dates.flatMap((date) => date?.toISOString() ?? []).toSorted()[0] ?? null;
  return {
    orderId,
    symptomAt: first([contact?.symptomAt]),
    firstContactAt: first([contact?.firstContactAt]),
    recordedAt: traces[0]?.acquiredAt ?? null,
    receivedAt: first(traces.map(({ receivedAt }) => receivedAt)),
    alarmAt: first(alarms.map(({ raisedAt }) => raisedAt)),
    acknowledgedAt: first(alarms.map(({ acknowledgedAt }) => acknowledgedAt)),
    openedAt: first([found && (await store.firstEventAt(tx, found.id, 'claimed'))]),
    toldAt: first(alarms.map(({ toldAt }) => toldAt)),
    confirmedAt: first(alarms.map(({ confirmedAt }) => confirmedAt)),
    decidedAt: first([found && (await store.firstSignedAt(tx, found.id))]),
  };
}
