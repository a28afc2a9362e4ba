import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import { chooseCentre } from './choose-centre.ts';
import { placeOrder } from './place-order.ts';
import { digestOf, type SystemOrder } from './system-order.ts';
import { systemPatient } from './system-patient.ts';
import type { SystemPlace } from './system-place.ts';
import * as store from './system-store.ts';

export interface TakenOrder {
  id: string;
  patient: { id: string; isNew: boolean };
  isNew: boolean;
  numbers: store.OrderNumbers;
}

/**
 * Takes a request of a hospital's system, once for each number of that facility: the same again is answered with the
 * same order.
 * @throws `already-exists` where the number was used for another request, and what `systemPatient`, `chooseCentre` and
 * `checkOrder` throw
 */
export async function takeOrder(tx: Tx, place: SystemPlace, order: SystemOrder, now: Date): Promise<TakenOrder> {
  const { placerNumber, placerSystem, centreCode: _centre, patient: who, ...body } = order;
  await store.lockPlacer(tx, place.facilityId, placerNumber);
  const placerDigest = digestOf(order);
  const known = await store.byPlacer(tx, place.scope, placerNumber);
  if (known) {
    if (known.placerDigest !== placerDigest)
      throw new HubError('already-exists', {
        fields: [
          { field: 'placerNumber', expected: 'the same request as before under this number, or another number' },
        ],
      });
    const patient = { id: known.patientId, isNew: false };
    return { id: known.id, patient, isNew: false, numbers: await store.numbersOf(tx, known.id) };
  }
  const patient = await systemPatient(tx, place, who);
  const centreId = await chooseCentre(tx, place, order, now);
  const request = { ...body, facilityId: place.facilityId, patientId: patient.id, centreId };
  const placing = { by: null, placerNumber, placerSystem, placerDigest };
  const { id } = await placeOrder(tx, place.scope, request, placing, now);
  return { id, patient, isNew: true, numbers: await store.numbersOf(tx, id) };
}

/** Goes into the trail with the rest of the transaction, and last: each entry holds its facility's chain. */
export async function recordTaken(tx: Tx, ctx: Ctx, taken: readonly TakenOrder[]): Promise<void> {
  for (const { id, patient, isNew, numbers } of taken) {
    const { id: patientId } = patient;
    if (patient.isNew) {
      const fact = { action: 'patients.patientCreated', patientId, objectType: 'patient', objectId: patientId };
      await recordAudit(tx, { ...auditOf(ctx), ...fact });
    }
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: isNew ? 'orders.orderSent' : 'orders.orderRead', patientId, objectType: 'order', objectId: id },
      detail: { exams: numbers.exams.length },
    });
  }
}
