import { HubError } from '@lianzhen/contracts/errors.ts';
import { readTrace, settleStudy } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { Blob } from '@lianzhen/platform/blobs.ts';
import { auditOf, type Ctx } from '../../context.ts';
import type { Received } from '../../imaging/arrival.ts';
import type { PreparedTrace } from './prepare-trace.ts';
import type { ReceiveDeps, SentTrace, TakenTrace } from './sent-trace.ts';
import * as store from './store.ts';

/** A recording whose original and instance are safe, and whose trace is not written yet. */
export interface TraceArrival {
  facilityId: string;
  sha256: string;
  /** Null where the file is the instance itself. */
  original: Blob | null;
  prepared: PreparedTrace;
  received: Received;
  exam: store.NamedExam | null;
  sent: SentTrace;
}

/** Writes the trace of a stored instance with its consequences, in one transaction. The first to write it, wins. */
export async function keepTrace(
  { db, blobs, clock }: ReceiveDeps['deps'],
  ctx: Ctx,
  arrival: TraceArrival,
): Promise<TakenTrace> {
  const { original, prepared, received, exam, sent } = arrival;
  const { row, isNew } = await db.transaction(async (tx) => {
    const replacesId = sent.replaces === undefined ? null : await replaced(tx, arrival);
    const studyInstanceUid = await store.studyOfInstance(tx, received.sopInstanceUid);
    const columns = { ...columnsOf(ctx, arrival), studyInstanceUid, replacesId };
    const found = await store.lockTrace(tx, { ...columns, receivedAt: clock.now() });
    // The index may have been first, and knows nothing of the file that this was made from.
    const isMine = found.isNew || found.row.originalSha256 === null;
    const { state: _state, ...rest } = columns;
    // What the worker has read meanwhile stays read.
    const row = found.isNew || !isMine ? found.row : await store.change(tx, found.row.id, rest);
    await enqueue(tx, readTrace, { traceId: row.id });
    const study = await store.studyOf(tx, studyInstanceUid);
    if (exam && study) await enqueue(tx, settleStudy, { studyId: study.id });
    await emit(tx, { topic: 'trace', id: row.id, revision: row.revision, facilityIds: [arrival.facilityId] });
    await recordAudit(tx, {
      ...auditOf(ctx, arrival.facilityId),
      action: 'ecg.traceReceived',
      patientId: exam?.order.patient.id ?? null,
      ...{ objectType: 'trace', objectId: row.id },
      detail: { format: row.format, size: sent.bytes.length, isNew: isMine, orderId: exam?.orderId ?? null },
    });
    return { row, isNew: isMine };
  });
  if (original && row.originalBlob !== original.place) await blobs.discard(original.place);
  return { id: row.id, warnings: prepared.facts.warnings, isNew };
}

function columnsOf(ctx: Ctx, { facilityId, sha256, original, prepared, received, exam, sent }: TraceArrival) {
  const { format, facts, picture } = prepared;
  return {
    facilityId,
    sopInstanceUid: received.sopInstanceUid,
    format,
    state: picture ? 'picture' : 'reading',
    originalBlob: original?.place ?? null,
    originalSha256: sha256,
    originalSize: sent.bytes.length,
    originalType: picture?.mediaType ?? mediaTypes[format] ?? null,
    originalName: sent.name,
    uploadedBy: ctx.actor.kind === 'person' ? ctx.actor.accountId : null,
    orderExamId: exam?.id ?? null,
    acquiredAt: facts.acquiredAt,
    durationMs: facts.durationMs,
    leadCodes: facts.leadCodes,
    // As plain JSON: the database takes nothing else.
    recordings: JSON.parse(JSON.stringify(facts.recordings)),
    said: JSON.parse(JSON.stringify(facts.said)),
    warnings: JSON.parse(JSON.stringify(facts.warnings)),
  };
}
const mediaTypes: Readonly<Record<string, string>> = {
  dicom: 'application/dicom',
  'scp-ecg': 'application/octet-stream',
  'hl7-aecg': 'application/xml',
  'philips-xml': 'application/xml',
  'muse-xml': 'application/xml',
};

/** @throws `not-found` for a trace of another facility, `already-exists` where another repeats it */
async function replaced(tx: Tx, { facilityId, sent, received }: TraceArrival): Promise<string> {
  const earlier = await store.ownTrace(tx, facilityId, sent.replaces ?? '');
  if (!earlier || earlier.sopInstanceUid === received.sopInstanceUid)
    throw new HubError('not-found', { field: 'replaces' });
  const by = earlier.replacedBy;
  // The same upload twice at once is one.
  if (by && by.sopInstanceUid !== received.sopInstanceUid) throw new HubError('already-exists', { traceId: by.id });
  return earlier.id;
}
