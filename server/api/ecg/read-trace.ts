import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { recordRead } from '../audit/record-read.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { findTrace } from './find-trace.ts';
import { traceView } from './trace-view.ts';

/** One trace without its samples, for who may look at its study or was called to its alarm. */
export const readTrace = ({ db }: Pick<Deps, 'db'>, ctx: Ctx, { id }: { id: string }): Promise<TraceView> =>
  db.transaction(async (tx) => {
    const found = await findTrace(tx, ctx, id);
    const { patientId } = found.study;
    await recordRead(tx, ctx, { action: 'ecg.traceRead', patientId, objectType: 'trace', objectId: id });
    return traceView(found);
  });
