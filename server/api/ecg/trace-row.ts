import { TraceRow } from '@lianzhen/contracts/ecg.ts';
import type { StudyFound, TraceFound } from './store.ts';

/** A trace as lists show it. @param study null where the asker has no part in it */
export function traceRow(trace: TraceFound, study: StudyFound | null): TraceRow {
  const order = study?.orderExam?.order ?? null;
  return TraceRow.parse({
    id: trace.id,
    format: trace.format,
    state: trace.state,
    facilityName: trace.facility.name,
    acquiredAt: trace.acquiredAt,
    receivedAt: trace.receivedAt.toISOString(),
    studyInstanceUid: trace.studyInstanceUid,
    sopInstanceUid: trace.sopInstanceUid,
    orderId: order?.id ?? null,
    orderNumber: order?.number ?? null,
    patientId: study?.patientId ?? null,
    durationMs: trace.durationMs,
    leadCodes: trace.leadCodes,
    quality: trace.quality,
    critical: trace.critical,
    warnings: trace.warnings,
    replacesTraceId: trace.replacesId,
    replacedByTraceId: trace.replacedBy?.id ?? null,
  });
}
