import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { type FoundTrace, findTrace } from './find-trace.ts';
import * as store from './store.ts';
import { tellTrace } from './tell-trace.ts';
import { traceRow } from './trace-row.ts';

/**
 * Says which earlier recording this one repeats. Both stay; the case is not touched.
 * @param input `id` is the new recording, `traceId` the one that was no good
 * @throws `forbidden`, `not-found`, `bad-input` for recordings of two people or in a circle, `already-exists`
 */
export async function linkRepeat(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { id: string; traceId: string },
): Promise<TraceRow> {
  requireAccess(ctx, 'study:attach');
  return db.transaction(async (tx) => {
    const later = await findTrace(tx, ctx, input.id, 'change');
    const earlier = await findTrace(tx, ctx, input.traceId, 'change');
    if (later.isAnonymous || earlier.isAnonymous) throw new HubError('not-found');
    // Always in the same order, whichever of the two somebody else begins with.
    for (const id of [input.id, input.traceId].toSorted()) await store.lockTrace(tx, id);
    if (!isOfOnePerson(later, earlier)) throw bad('a recording of the same patient');
    const before = await store.repeatedBy(tx, input.traceId);
    if (input.id === input.traceId || before.includes(input.id)) throw bad('an earlier recording');
    const { replacesId } = later.trace;
    const isDone = replacesId === input.traceId;
    if (!isDone && replacesId !== null) throw new HubError('already-exists', { traceId: replacesId });
    const by = earlier.trace.replacedBy?.id;
    if (!isDone && by !== undefined) throw new HubError('already-exists', { traceId: by });
    if (!isDone) {
      await tellTrace(tx, await store.touchTrace(tx, input.id, { replacesId: input.traceId }));
      await tellTrace(tx, await store.touchTrace(tx, input.traceId));
      await recordAudit(tx, {
        ...auditOf(ctx),
        ...{ action: 'ecg.repeatLinked', objectType: 'trace', objectId: input.id, patientId: later.study.patientId },
        detail: { traceId: input.traceId },
      });
    }
    const { trace, study } = await findTrace(tx, ctx, input.id);
    return traceRow(trace, study);
  });
}

/** Matched to one patient, or named for one exam by one facility. */
function isOfOnePerson({ trace, study }: FoundTrace, earlier: FoundTrace): boolean {
  const ids = [study.patientId, earlier.study.patientId];
  if (ids[0] !== null && ids[1] !== null) return ids[0] === ids[1];
  const isOneExam = trace.orderExamId !== null && trace.orderExamId === earlier.trace.orderExamId;
  return trace.facilityId === earlier.trace.facilityId && (isOneExam || study.id === earlier.study.id);
}

const bad = (expected: string) => new HubError('bad-input', { fields: [{ field: 'traceId', expected }] });
