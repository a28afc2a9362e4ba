import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../context.ts';
import { calledTo } from './called-to.ts';
import * as store from './store.ts';
import { traceScope } from './trace-scope.ts';

/** A trace that the caller may look at. */
export interface FoundTrace {
  trace: store.TraceFound;
  study: store.StudyFound;
  instance: store.StoredInstance;
  /** The caller has no part in the study; an alarm called him. Who the patient is, is not told. */
  isOnlyCalled: boolean;
}

/**
 * @throws `unauthenticated`, `forbidden`; `not-found` for what is not there or not his to see, and for what is held back
 * because it names another person than the rest of its study
 */
export async function findTrace(tx: Tx, ctx: Ctx, id: string): Promise<FoundTrace> {
  const scope = traceScope(ctx);
  const trace = await store.readTrace(tx, id);
  if (!trace) throw new HubError('not-found');
  const readable = await store.readableStudy(tx, scope, trace.studyInstanceUid);
  const isOnlyCalled = !readable && (await store.hasAlarm(tx, id, await calledTo(tx, ctx)));
  const study = readable ?? (isOnlyCalled ? await store.studyOf(tx, trace.studyInstanceUid) : null);
  const instance = (await store.instancesOf(tx, [trace.sopInstanceUid])).get(trace.sopInstanceUid);
  if (!study || !instance) throw new HubError('not-found');
  const isOwn = scope.facilityIds.includes(trace.facilityId);
  if (instance.indexError !== null && !isOwn) throw new HubError('not-found');
  return { trace, study, instance, isOnlyCalled };
}
