import { isForSender } from '@lianzhen/contracts/case-events.ts';
import { orderProgress } from '@lianzhen/contracts/order-progress.ts';
import type { OrderRow, OrderView } from '@lianzhen/contracts/orders.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import type { z } from 'zod';
import { namePeople } from '../worklist/name-people.ts';
import * as store from './store.ts';

export type OrderRowView = z.infer<typeof OrderRow>;

/** Rows with where each order is now: four questions to the database, however many rows. */
export async function orderRows(
  tx: Tx,
  scope: FacilityScope,
  found: readonly store.OrderFound[],
  now: Date,
): Promise<OrderRowView[]> {
  const ready = found.flatMap(({ case: one }) => (one?.state === 'ready' ? [one.id] : []));
  const people = found.flatMap((order) => [order.requesterId, order.case?.report?.writerId ?? null]);
  const around = {
    names: await namePeople(tx, people),
    ahead: await store.aheadOf(tx, ready),
    quarantined: await store.ordersInQuarantine(tx, found),
    unread: await store.unreadResults(
      tx,
      scope,
      found.map(({ id }) => id),
    ),
  };
  return found.map((order) => rowOf(order, around, now));
}

interface Around {
  names: ReadonlyMap<string, string>;
  ahead: ReadonlyMap<string, number>;
  quarantined: ReadonlySet<string>;
  unread: ReadonlySet<string>;
}

function rowOf(order: store.OrderFound, around: Around, now: Date): OrderRowView {
  return {
    id: order.id,
    number: order.number,
    line: order.line as OrderRowView['line'],
    state: order.state as OrderRowView['state'],
    urgency: order.urgency as OrderRowView['urgency'],
    patient: {
      ...order.patient,
      sex: order.patient.sex as OrderRowView['patient']['sex'],
      birthDate: order.patient.birthDate?.toISOString().slice(0, 10) ?? null,
    },
    exams: order.exams.map(({ examName, modality, accessionNumber }) => ({ examName, modality, accessionNumber })),
    centreName: order.centre.name,
    requesterName: order.requesterId === null ? null : (around.names.get(order.requesterId) ?? null),
    submittedAt: order.submittedAt.toISOString(),
    progress: progressOf(order, around, now),
    returnedKind: order.returnedKind as OrderRowView['returnedKind'],
    hasUnreadResult: around.unread.has(order.id),
  };
}

function progressOf(order: store.OrderFound, around: Around, now: Date): OrderRowView['progress'] {
  const { case: queued } = order;
  const lease = queued?.lease && queued.lease.expiresAt > now ? queued.lease : null;
  const writerId = queued?.report?.writerId ?? null;
  const signed = queued?.report?.versions[0];
  return orderProgress(
    {
      orderState: order.state,
      returnedKind: order.returnedKind as OrderRowView['returnedKind'],
      caseState: queued?.state ?? 'waiting',
      isQuarantined: around.quarantined.has(order.id),
      isSigned: signed !== undefined && signed.kind !== 'preliminary',
      requestingFacility: order.requestingFacility.name,
      centre: order.centre.name,
      holder: lease?.accountName ?? null,
      writer: writerId === null ? null : (around.names.get(writerId) ?? null),
      readyAt: queued?.readyAt ?? null,
      dueAt: queued?.dueAt ?? null,
      deadlineMinutes: queued?.deadlineMinutes ?? 0,
      ahead: queued ? (around.ahead.get(queued.id) ?? null) : null,
    },
    now,
  );
}

/** One order with everything that was said about it. */
export async function orderView(tx: Tx, scope: FacilityScope, order: store.OrderFound, now: Date): Promise<OrderView> {
  const [row] = await orderRows(tx, scope, [order], now);
  const caseId = order.case?.id ?? order.id;
  const { consent, supplements, events } = await store.details(tx, order.id, caseId);
  const names = await namePeople(
    tx,
    supplements.map(({ byId }) => byId),
  );
  return {
    ...(row as OrderRowView),
    revision: order.revision,
    purpose: order.purpose,
    history: order.history,
    diagnosisCode: order.diagnosisCode,
    diagnosisText: order.diagnosisText,
    department: order.department,
    visitNumber: order.visitNumber,
    requestingFacility: order.requestingFacility,
    consent: consentOf(consent),
    exams: order.exams.map((exam) => ({
      ...{ id: exam.id, accessionNumber: exam.accessionNumber, examCode: exam.examCode, examName: exam.examName },
      ...{ modality: exam.modality, bodyPart: exam.bodyPart, studies: exam.studies },
      laterality: exam.laterality as OrderView['exams'][number]['laterality'],
      state: exam.state as OrderView['exams'][number]['state'],
    })),
    hasLateImages: order.case?.hasLateImages ?? false,
    supplements: supplements.map(({ id, text, at, byId }) => ({
      ...{ id, text, at: at.toISOString() },
      byName: names.get(byId) ?? '',
    })),
    supplementAskedAt: order.supplementAskedAt?.toISOString() ?? null,
    withdrawnReason: order.withdrawnReason,
    returnedReason: order.returnedReason,
    caseId,
    events: events
      .filter(({ kind }) => isForSender(kind))
      .map(({ at, kind, byName, reason }) => ({ at: at.toISOString(), kind, byName, reason })),
    latestVersionId: order.case?.report?.versions[0]?.id ?? null,
  };
}

type ConsentRow = Awaited<ReturnType<typeof store.details>>['consent'];
const consentOf = (row: ConsentRow): OrderView['consent'] =>
  row && {
    signer: row.signer,
    relation: row.relation as NonNullable<OrderView['consent']>['relation'],
    method: row.method as NonNullable<OrderView['consent']>['method'],
    givenAt: row.givenAt.toISOString(),
  };
