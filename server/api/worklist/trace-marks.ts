import { QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import type { CaseRow } from '@lianzhen/contracts/worklist.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/** What a row says about the recordings of its case. */
export type TraceMarks = Pick<CaseRow, 'alarm' | 'traceCount' | 'quality'>;
const none: TraceMarks = { alarm: null, traceCount: 0, quality: null };

/** By case; one question for a whole page, and none where no case is of electrocardiograms. */
export async function traceMarks(tx: Tx, cases: readonly store.CaseFound[]): Promise<(id: string) => TraceMarks> {
  const studies = new Map(
    cases
      .filter(({ line }) => line === 'ecg')
      .flatMap(({ id, order }) =>
        order.exams
          .flatMap((exam) => exam.studies)
          .filter(({ state }) => state === 'matched')
          .map(({ studyInstanceUid }) => [studyInstanceUid, id] as const),
      ),
  );
  if (studies.size === 0) return () => none;
  const traces = await store.tracesOf(tx, [...studies.keys()]);
  const byCase = Map.groupBy(traces, ({ studyInstanceUid }) => studies.get(studyInstanceUid));
  return (id) => marksOf(byCase.get(id) ?? []);
}

function marksOf(traces: readonly store.TraceOfCase[]): TraceMarks {
  const alarms = traces.flatMap(({ alarm }) => alarm ?? []).toSorted((a, b) => Number(b.raisedAt) - Number(a.raisedAt));
  const alarm = alarms.find(({ closedAt }) => closedAt === null) ?? alarms[0] ?? null;
  const counted = traces.filter(({ replacedBy, readAt }) => replacedBy === null && readAt !== null);
  const severities = counted.flatMap(({ quality }) =>
    QualityFinding.array()
      .parse(quality)
      .map(({ severity }) => severity),
  );
  const worst = severities.includes('bad') ? 'bad' : severities.includes('warn') ? 'warn' : 'clean';
  return {
    alarm: alarm && { id: alarm.id, state: alarm.state as NonNullable<TraceMarks['alarm']>['state'] },
    traceCount: traces.length,
    quality: counted.length > 0 ? worst : null,
  };
}
