import type { QuarantineKind } from '@lianzhen/contracts/imaging.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import type { Arrival } from './arrival.ts';
import type { CommitDeps } from './commit-deps.ts';
import * as store from './store.ts';

/**
 * Keeps what may not be taken in, for a person to look at: one question for a study, however many images of it came. The
 * same bytes a second time change nothing, and of a study that belongs to another facility one instance is enough to ask
 * about: its sender has the rest.
 */
export async function quarantineArrival(
  { db, blobs, log }: CommitDeps,
  arrival: Arrival,
  kind: QuarantineKind,
): Promise<void> {
  const isKept = await db.transaction(async (tx) => {
    const questionId = await store.openQuestion(tx, kind, arrival);
    if (kind === 'foreign-study' && questionId) return false;
    const study = await store.studyByUid(tx, arrival.studyInstanceUid);
    const id = await store.insertQuarantine(tx, {
      kind,
      questionId,
      facilityId: arrival.facilityId,
      studyInstanceUid: arrival.studyInstanceUid,
      sopInstanceUid: arrival.sopInstanceUid,
      studyId: study?.id ?? null,
      blob: arrival.blob,
      sha256: arrival.sha256,
      size: arrival.size,
    });
    if (!id) return false;
    log.warn({ quarantineId: id, kind, facilityId: arrival.facilityId }, 'instance quarantined');
    await emit(tx, { topic: 'quarantine', id, revision: 1, facilityIds: [arrival.facilityId] });
    await recordAudit(tx, {
      action: 'imaging.instanceQuarantined',
      outcome: 'refused',
      facilityId: arrival.facilityId,
      actorId: arrival.deviceId,
      objectType: 'quarantine',
      objectId: id,
      detail: { kind, sopInstanceUid: arrival.sopInstanceUid, door: arrival.door },
    });
    return true;
  });
  if (!isKept) await blobs.discard(arrival.blob);
}
