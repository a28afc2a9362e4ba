import { HubError } from '@lianzhen/contracts/errors.ts';
import { readTrace, settleStudy } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx } from '../../context.ts';
import type { ReceiveDeps, TakenTrace } from './sent-trace.ts';
import * as store from './store.ts';

/**
 * The same bytes again are the same trace. Who now names the order that he did not name before, or had named wrongly, is
 * heard as long as the trace has found no other.
 * @throws `already-exists` where it belongs to another exam
 */
export async function nameKnownTrace(
  { db }: ReceiveDeps['deps'],
  ctx: Ctx,
  { id, facilityId }: store.TraceRow,
  exam: store.NamedExam | null,
): Promise<TakenTrace> {
  return db.transaction(async (tx) => {
    const [row] = await store.lockById(tx, id);
    if (!row) throw new HubError('not-found');
    // A job that was lost with a dying process is promised again; one that was done finds nothing to do.
    if (row.state === 'reading') await enqueue(tx, readTrace, { traceId: id });
    const warnings = row.warnings as unknown as TakenTrace['warnings'];
    if (!exam || row.orderExamId === exam.id) return { id, warnings, isNew: false };
    const study = await store.studyOf(tx, row.studyInstanceUid);
    if (study?.orderExamId && study.orderExamId !== exam.id) throw new HubError('already-exists', { traceId: id });
    await store.change(tx, id, { orderExamId: exam.id });
    if (study) await enqueue(tx, settleStudy, { studyId: study.id });
    await recordAudit(tx, {
      ...auditOf(ctx, facilityId),
      ...{ action: 'ecg.traceNamed', objectType: 'trace', objectId: id, patientId: exam.order.patient.id },
      detail: { orderId: exam.orderId },
    });
    return { id, warnings, isNew: false };
  });
}
