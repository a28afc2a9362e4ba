import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { recordRead } from '../audit/record-read.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { pageOfTraces, type TraceFilter } from './list-store.ts';
import * as store from './store.ts';
import { traceRow } from './trace-row.ts';
import { traceScope } from './trace-scope.ts';

/** Traces of the studies that one may look at, newest first: all, or those of a study, a case, an order, a patient. */
export async function listTraces(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { page, pageSize, ...filter }: TraceFilter & { page: number; pageSize: number },
): Promise<{ rows: TraceRow[]; total: number }> {
  const scope = traceScope(ctx);
  return db.transaction(async (tx) => {
    const { ids, total } = await pageOfTraces(tx, scope, filter, (page - 1) * pageSize, pageSize);
    const traces = await store.tracesById(tx, ids);
    const uids = traces.map(({ studyInstanceUid }) => studyInstanceUid);
    const studies = await store.studiesByUid(tx, uids);
    const sops = traces.map(({ sopInstanceUid }) => sopInstanceUid);
    const instances = await store.instancesOf(tx, sops);
    // What is held back is nobody's yet.
    const studyOf = ({ sopInstanceUid, studyInstanceUid }: store.TraceFound) =>
      instances.get(sopInstanceUid)?.indexError === null ? (studies.get(studyInstanceUid) ?? null) : null;
    const { patientId = null } = filter;
    await recordRead(tx, ctx, { action: 'ecg.tracesListed', patientId, detail: { shown: ids.length, total } });
    return { rows: traces.map((trace) => traceRow(trace, studyOf(trace))), total };
  });
}
