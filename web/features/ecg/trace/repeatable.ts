import type { TraceRow } from '@lianzhen/contracts/ecg.ts';

type Row = Pick<
  TraceRow,
  | 'id'
  | 'acquiredAt'
  | 'receivedAt'
  | 'patientId'
  | 'studyInstanceUid'
  | 'orderId'
  | 'replacesTraceId'
  | 'replacedByTraceId'
>;

/** When it was recorded, else when it came; for an order in time alone. */
export const timeOf = ({ acquiredAt, receivedAt }: Pick<TraceRow, 'acquiredAt' | 'receivedAt'>): number => {
  const recorded = acquiredAt === null ? Number.NaN : Date.parse(acquiredAt);
  return Number.isNaN(recorded) ? Date.parse(receivedAt) : recorded;
};

/**
 * Which recordings another one may be said to repeat: of the same person, recorded or received before it (the clocks of
 * carts are often wrong), not repeated by another one yet. Those of the same request first, of these the newest first.
 * @param all what the asker may see of the patient, in any order
 */
export function repeatable<R extends Row>(row: Row, all: readonly R[]): R[] {
  const later = repeatsOf(row.id, all);
  const isEarlier = (one: Row) => one.receivedAt < row.receivedAt || timeOf(one) < timeOf(row);
  const isOfOne = (one: Row) =>
    row.patientId === null
      ? one.patientId === null && one.studyInstanceUid === row.studyInstanceUid
      : one.patientId === row.patientId;
  const isOther = (one: Row) => Number(row.orderId === null || one.orderId !== row.orderId);
  return all
    .filter((one) => one.id !== row.id && !later.has(one.id) && one.replacedByTraceId === null)
    .filter((one) => isOfOne(one) && isEarlier(one))
    .toSorted((a, b) => isOther(a) - isOther(b) || timeOf(b) - timeOf(a));
}

/** What repeats it, and what repeats that: naming one of them would close a circle. */
function repeatsOf(id: string, all: readonly Row[]): Set<string> {
  const found = new Set<string>();
  for (let next: Row | undefined, at = id; ; at = next.id) {
    next = all.find(({ replacesTraceId }) => replacesTraceId === at);
    if (!next || found.has(next.id)) return found;
    found.add(next.id);
  }
}
