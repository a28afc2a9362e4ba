import type { Caliper, MeasurementSet } from '@lianzhen/contracts/ecg.ts';
import type { EcgMeasurements, Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { findTrace } from './find-trace.ts';
import * as store from './store.ts';
import { tellTrace } from './tell-trace.ts';
import { measurementSet } from './trace-view.ts';

interface SaveMeasurements {
  id: string;
  revision: number;
  measurements: EcgMeasurements | null;
  fiducials: Fiducials | null;
  calipers: Caliper[];
}

/**
 * Keeps what a reader or an expert measured, under his name. What he had measured before stays; what others measured is
 * not touched.
 * @throws `forbidden`, `not-found`, `stale-revision` where his own newest set is another by now
 */
export async function saveMeasurements(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { id, revision, measurements, fiducials, calipers }: SaveMeasurements,
): Promise<MeasurementSet> {
  requireAccess(ctx, 'trace:measure');
  const { accountId, displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const { trace, study } = await findTrace(tx, ctx, id);
    if (trace.state === 'picture') throw new HubError('wrong-state', { from: 'picture' });
    await store.lockTrace(tx, id);
    const found = (await store.newestMeasurement(tx, id, accountId))?.revision ?? 0;
    if (found !== revision) throw new HubError('stale-revision', { expected: revision, found });
    const row = await store.addMeasurement(tx, {
      ...{ traceId: id, authorId: accountId, authorName: displayName },
      ...{ revision: revision + 1, at: clock.now(), content: { measurements, fiducials, calipers } },
    });
    await tellTrace(tx, await store.touchTrace(tx, id));
    await recordAudit(tx, {
      ...auditOf(ctx),
      ...{ action: 'ecg.measurementsSaved', objectType: 'trace', objectId: id, patientId: study.patientId },
      detail: { revision: row.revision, calipers: calipers.length },
    });
    return measurementSet(row);
  });
}
