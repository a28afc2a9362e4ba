import { dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { Deadline, deadlineMinutes, rankOf, type ServiceLine } from '@lianzhen/contracts/facilities.ts';
import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { newUid } from '@lianzhen/dicom/uid.ts';
import { z } from 'zod';
import { moveCase } from '../worklist/move-case.ts';
import { type CheckedOrder, checkOrder } from './check-order.ts';
import { accessionNumbers, orderNumber } from './number-orders.ts';
import { type Party, partiesOf } from './order-parties.ts';
import * as store from './place-store.ts';

export interface Placing {
  /** A person; a hospital's system has none. */
  by: { accountId: string; displayName: string } | null;
  /** The draft's id, so that sending it twice meets the same order. */
  id?: string | undefined;
  /** The number of the hospital's system, unique within that facility. */
  placerNumber?: string | undefined;
  /** FHIR's name for the series of that number. */
  placerSystem?: string | undefined;
  /** What was sent under that number, to know a repeat by. */
  placerDigest?: string | undefined;
}

/**
 * Checks a request and writes it with everything that follows from it: exams with their numbers, consent, parties, care
 * relations and the case in its queue.
 * @returns the new order's id and patient
 * @throws what `checkOrder` throws; a unique violation where this order was placed at the same moment
 */
export async function placeOrder(
  tx: Tx,
  scope: FacilityScope,
  input: OrderBody,
  placing: Placing,
  now: Date,
): Promise<{ id: string; patientId: string; agreementId: string }> {
  const checked = await checkOrder(tx, scope, input, now);
  const parties = partiesOf(checked);
  const order = await store.insert(tx, await rowsOf(tx, checked, input, placing, parties, now));
  await store.relate(tx, checked.patient.id, parties);
  const { case: queued } = order;
  if (queued) {
    const told = { kind: 'sent', at: now, ...(placing.by ? { by: placing.by } : {}) } as const;
    await moveCase(tx, { id: queued.id, state: 'waiting', order: { ...order, parties } }, 'waiting', told);
  }
  return { id: order.id, patientId: checked.patient.id, agreementId: checked.agreement.id };
}

async function rowsOf(tx: Tx, checked: CheckedOrder, input: OrderBody, placing: Placing, parties: Party[], now: Date) {
  const { patient, facility, centre, agreement, exams } = checked;
  const { urgency, purpose, history, diagnosisCode, diagnosisText, department, visitNumber, consent } = input;
  const today = dayIn(facility.timeZone, now);
  const line = centre.line as ServiceLine;
  const number = await orderNumber(tx, facility.code, today);
  const accessions = await accessionNumbers(tx, today, exams.length);
  return {
    ...(placing.id ? { id: placing.id } : {}),
    ...{ number, line, urgency, purpose, history, diagnosisCode, diagnosisText, department, visitNumber },
    patientId: patient.id,
    requestingFacilityId: facility.id,
    requesterId: placing.by?.accountId ?? null,
    placerNumber: placing.placerNumber ?? null,
    placerSystem: placing.placerSystem ?? null,
    placerDigest: placing.placerDigest ?? null,
    centreId: centre.id,
    agreementId: agreement.id,
    submittedAt: now,
    consent: { create: { ...consent, recordedBy: placing.by?.accountId ?? null } },
    parties: { create: parties },
    exams: {
      create: exams.map(({ item, laterality }, at) => ({
        accessionNumber: accessions[at] as string,
        examCode: item.code,
        examName: item.name,
        modality: item.modality,
        bodyPart: item.bodyPart,
        laterality,
        studyInstanceUid: newUid(),
        scheduledAt: now,
      })),
    },
    case: {
      create: {
        ...{ line, urgency },
        centreId: centre.id,
        rank: rankOf[urgency],
        submittedAt: now,
        deadlineMinutes: deadlineMinutes(z.array(Deadline).parse(agreement.deadlines), line, urgency),
      },
    },
  };
}
