import type { Payload, saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { WorkerDeps } from '../../deps.ts';
import { keepMade, type MadeInstance } from '../../imaging/keep-made.ts';
import { evidenceObjects } from './evidence-objects.ts';
import * as store from './evidence-store.ts';
import { gatherEvidence } from './gather-evidence.ts';

/**
 * Keeps what was looked at and marked as DICOM objects in the studies it was about. The same marks make the same UIDs:
 * a job that runs again, or beside itself, adds nothing; marks that came since add objects to the same series.
 */
export async function handleSaveConsultationMarks(
  deps: Pick<WorkerDeps, 'db' | 'blobs' | 'clock' | 'config' | 'log'>,
  { consultationId }: Payload<typeof saveConsultationMarks>,
): Promise<void> {
  let added = 0;
  for (const { study, evidence } of await gatherEvidence(deps.db, consultationId)) {
    added += await keepMade(deps, study, evidenceObjects(evidence).map(made));
  }
  if (added === 0) return;
  await deps.db.transaction((tx) => tell(tx, consultationId));
  deps.log.info({ consultationId, count: added }, 'marks of a consultation saved');
}

/** Pages that show the consultation look again. */
async function tell(tx: Tx, id: string): Promise<void> {
  const { revision, parties } = await store.hearersOf(tx, id);
  const facilityIds = parties.map(({ facilityId }) => facilityId);
  await emit(tx, { topic: 'consultation', id, revision, facilityIds });
}

function made(json: DicomJson): MadeInstance {
  const uid = (tag: string) => text(json, tag) ?? '';
  return {
    sopClassUid: uid(tags.SOPClassUID),
    sopInstanceUid: uid(tags.SOPInstanceUID),
    seriesInstanceUid: uid(tags.SeriesInstanceUID),
    transferSyntaxUid: explicitLittleEndian,
    bytes: writePart10(json),
  };
}
