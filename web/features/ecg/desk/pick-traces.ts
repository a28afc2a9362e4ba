import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { timeOf } from '../trace/repeatable.ts';
import type { DeskChoice } from './desk-choice.ts';

/** Recorded before it; of two that say the same time, the one that came first. */
const isBefore = (row: TraceRow, shown: TraceRow): boolean => {
  const [one, other] = [timeOf(row), timeOf(shown)];
  return one === other ? row.receivedAt < shown.receivedAt : one < other;
};

export interface PickedTraces {
  /** The one that is read. */
  shown: TraceRow | undefined;
  /** What it may be compared with, the newest first: other recordings of the patient, of any facility and format. */
  others: readonly TraceRow[];
  earlier: TraceRow | undefined;
}

/**
 * What of a patient's traces is on the desk.
 * @param ofCase the traces of the case, the newest first
 * @param ofPatient all that the reader may see of the patient
 */
export function pickTraces(
  ofCase: readonly TraceRow[],
  ofPatient: readonly TraceRow[],
  { traceId, earlierId }: DeskChoice,
): PickedTraces {
  const shown =
    ofCase.find(({ id }) => id === traceId) ??
    ofCase.find(({ replacedByTraceId, state }) => replacedByTraceId === null && state !== 'unreadable') ??
    ofCase[0];
  const all = new Map([...ofPatient, ...ofCase].map((row) => [row.id, row]));
  const others = [...all.values()]
    .filter(({ id, state }) => id !== shown?.id && (state === 'read' || state === 'reading'))
    .sort((a, b) => timeOf(b) - timeOf(a));
  const last = shown && others.find((row) => row.replacedByTraceId === null && isBefore(row, shown));
  const earlier = earlierId === null ? undefined : (others.find(({ id }) => id === earlierId) ?? last);
  return { shown, others, earlier };
}
