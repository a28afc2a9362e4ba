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
  /** Whose it is, is not told: the caller has no part in the study but was called by an alarm, or it is held back. */
  isAnonymous: boolean;
}

/**
 * What is held back because it names another person than the rest of its study is seen where it came from, and by who is
 * called to its alarm; as nobody's.
 * @param purpose what a consultation or an alarm shows is there to be looked at, and for nothing else
 * @throws `unauthenticated`, `forbidden`; `not-found` for what is not there or not his to see
 */
export async function findTrace(
  tx: Tx,
  ctx: Ctx,
  id: string,
  purpose: 'look' | 'change' = 'look',
): Promise<FoundTrace> {
  const isLook = purpose === 'look';
  const all = traceScope(ctx);
  const scope = isLook ? all : { ...all, throughConsultations: false };
  const trace = await store.readTrace(tx, id);
  const instance = trace && (await store.instancesOf(tx, [trace.sopInstanceUid])).get(trace.sopInstanceUid);
  if (!trace || !instance) throw new HubError('not-found');
  const isHeld = instance.indexError !== null;
  const isSeen = !isHeld || scope.facilityIds.includes(trace.facilityId);
  const readable = isSeen ? await store.readableStudy(tx, scope, trace.studyInstanceUid) : null;
  const isCalled = !readable && isLook && (await store.hasAlarm(tx, id, await calledTo(tx, ctx)));
  const study = readable ?? (isCalled ? await store.studyOf(tx, trace.studyInstanceUid) : null);
  if (!study) throw new HubError('not-found');
  return { trace, study, instance, isAnonymous: isCalled || isHeld };
}
