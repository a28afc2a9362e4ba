import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

export interface EcgCentre {
  id: string;
  name: string;
  facilityId: string;
}
/** Who reads a trace, as far as it is known. */
export interface Placement {
  /** The first is the one that the alarm is filed under; several where nobody knows yet which one was asked. */
  centres: EcgCentre[];
  /** Only once the study was matched, and its identity compared. */
  caseId: string | null;
  /** The exam that it was recorded for, matched or named. */
  orderExamId: string | null;
}

/**
 * The centre of the order that a trace is or will be matched to: alarms do not wait for that. Without one, every ECG
 * centre that the sending facility has an agreement in force with, and its own.
 */
export async function placeTrace(
  tx: Tx,
  trace: store.TraceRow,
  study: NonNullable<Awaited<ReturnType<typeof store.studyOf>>>,
  now: Date,
): Promise<Placement> {
  // Before the index has looked at it nobody knows whether it names the study's patient.
  const instance = await store.instanceOf(tx, trace.sopInstanceUid);
  const isPatients = instance?.indexedAt != null && instance.indexError === null;
  const isMatched = isPatients && study.state === 'matched' && study.orderExamId !== null;
  const exam = isMatched
    ? await store.exam(tx, { id: study.orderExamId ?? '' })
    : await likelyExam(tx, trace, study.accessionNumber);
  if (!exam) return { centres: await centresFor(tx, trace.facilityId, now), caseId: null, orderExamId: null };
  const { centre, case: found } = exam.order;
  return { centres: [centre], caseId: isMatched ? (found?.id ?? null) : null, orderExamId: exam.id };
}

async function likelyExam(tx: Tx, trace: store.TraceRow, accessionNumber: string | null) {
  const order = { requestingFacilityId: trace.facilityId, state: { not: 'withdrawn' } };
  const { orderExamId, studyInstanceUid } = trace;
  const named = orderExamId ? await store.exam(tx, { id: orderExamId, order }) : null;
  const asked = !named && accessionNumber ? await store.exam(tx, { accessionNumber, order }) : null;
  return named ?? asked ?? (await store.exam(tx, { studyInstanceUid, order }));
}

async function centresFor(tx: Tx, facilityId: string, now: Date): Promise<EcgCentre[]> {
  const timeZone = await store.timeZoneOf(tx, facilityId);
  const today = dayIn(timeZone, now);
  const agreements = (await store.agreementsFrom(tx, facilityId)).map(datesOf);
  const centres = await store.ecgCentres(tx, [facilityId, ...agreements.map(({ toId }) => toId)]);
  return centres.filter((centre) => {
    if (centre.facilityId === facilityId) return true;
    const written = agreements.filter(({ toId }) => toId === centre.facilityId);
    return agreementStanding(written, 'ecg', today).agreement !== null;
  });
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
export const datesOf = <A extends { validFrom: Date; validTo: Date }>(row: A) => ({
  ...row,
  validFrom: day(row.validFrom),
  validTo: day(row.validTo),
});
