import type { OrderBody } from '@lianzhen/contracts/orders.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import type { Deps } from '../../server/api/deps.ts';
import { sendOrder } from '../../server/api/orders/send-order.ts';
import { ctxFor, movableClock } from './callers.ts';
import type { Region } from './region.ts';

/** What use cases of orders, worklist and reporting take, with a clock that tests move. Leases live 90 seconds. */
export function deskDeps(database: { readonly db: Db }, clock: Clock = movableClock()) {
  return {
    get db() {
      return database.db;
    },
    clock,
    config: { HUB_LEASE_SECONDS: 90 } as Deps['config'],
  };
}
export type DeskDeps = ReturnType<typeof deskDeps>;

/** A request that may go out as it is. */
export const orderBody = (region: Region, changes: Partial<OrderBody> = {}): OrderBody => ({
  facilityId: region.township.id,
  patientId: region.patient.id,
  centreId: region.centre.id,
  exams: [{ examCode: region.chest.code, laterality: null }],
  urgency: 'routine',
  purpose: '排除肺炎',
  history: '咳嗽三天，发热',
  diagnosisCode: 'R05',
  diagnosisText: '咳嗽',
  consent: { signer: region.patient.name, relation: 'self', method: 'written', givenAt: '2026-11-22T09:00:00+08:00' },
  ...changes,
});

/** Sends it as the township's doctor. */
export const askedFor = (deps: DeskDeps, region: Region, changes: Partial<OrderBody> = {}) =>
  sendOrder(deps, ctxFor(region.doctor), orderBody(region, changes));

let uids = 0;

/** Matched images for every exam of an order, and the case ready to be read, as the imaging workers leave it. */
export async function imagesArrive(deps: DeskDeps, region: Region, orderId: string): Promise<string> {
  const { db, clock } = deps;
  for (const exam of await db.orderExam.findMany({ where: { orderId } })) {
    await db.study.create({
      data: {
        studyInstanceUid: `1.2.826.0.1.3680043.10.999.${++uids}`,
        facilityId: region.township.id,
        state: 'matched',
        orderExamId: exam.id,
        patientId: region.patient.id,
        accessionNumber: exam.accessionNumber,
        modalities: [exam.modality],
        studyDate: '20261122',
        seriesCount: 1,
        instanceCount: 2,
      },
    });
    await db.orderExam.update({ where: { id: exam.id }, data: { state: 'acquired' } });
  }
  const { id, deadlineMinutes } = await db.case.findUniqueOrThrow({ where: { orderId } });
  const now = clock.now();
  await db.case.update({
    where: { id },
    data: { state: 'ready', readyAt: now, dueAt: new Date(now.getTime() + deadlineMinutes * 60_000) },
  });
  return id;
}

/** An order with its images: the id of a case that waits for a reader. */
export async function readyCase(deps: DeskDeps, region: Region, changes: Partial<OrderBody> = {}): Promise<string> {
  const { id } = await askedFor(deps, region, changes);
  return imagesArrive(deps, region, id);
}
