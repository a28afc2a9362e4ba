import { RoomEntry } from '@lianzhen/contracts/room-signals.ts';
import { foldEntries } from '@lianzhen/contracts/session-marks.ts';
import { SharedView, type SharedViewport } from '@lianzhen/contracts/shared-view.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import * as store from './evidence-store.ts';
import type { ReferencedImage, StudyEvidence } from './session-evidence.ts';

export interface GatheredStudy {
  readonly study: { readonly studyInstanceUid: string; readonly facilityId: string };
  readonly evidence: StudyEvidence;
}

/**
 * What a consultation's room has said about the pictures, study by study. Only studies attached to the consultation
 * count, and only instances that the hub holds: what a browser claims about others becomes nothing.
 */
export async function gatherEvidence(db: Db, consultationId: string): Promise<GatheredStudy[]> {
  const session = await store.readSession(db, consultationId);
  if (!session) return [];
  const rows = await store.pictureEntries(db, consultationId);
  const entries = rows.map((row) => RoomEntry.parse({ ...row, at: row.at.toISOString() }));
  const seats = await store.seatsOf(db, consultationId);
  const view = SharedView.safeParse(await store.lastView(db, consultationId));
  const chair = seats.find(({ accountId }) => accountId !== null && accountId === session.chairId);
  const gathered: GatheredStudy[] = [];
  for (const { study } of session.studies) {
    const { studyInstanceUid: studyUid } = study;
    const { marks, frames, last } = foldEntries(studyUid, entries, seats);
    if (!last) continue;
    const shown = view.success && view.data.studyUid === studyUid ? view.data.viewports : [];
    const images = await imagesOf(db, studyUid, [...marks, ...frames, ...shown]);
    const isKnown = (one: Named) => isThere(images, one);
    const evidence: StudyEvidence = {
      consultationId,
      consultationNumber: session.number,
      studyUid,
      ...last,
      creator: chair?.name ?? marks[0]?.author ?? entries[0]?.name ?? '',
      images,
      marks: marks.filter(isKnown),
      frames: frames.filter(isKnown),
      tiles: shown.filter((tile): tile is SharedViewport => isKnown(tile)),
    };
    gathered.push({ study, evidence });
  }
  return gathered;
}

interface Named {
  readonly seriesUid: string | null;
  readonly sopInstanceUid: string | null;
  readonly frame: number;
}

function isThere(images: ReadonlyMap<string, ReferencedImage>, { seriesUid, sopInstanceUid, frame }: Named): boolean {
  const image = sopInstanceUid ? images.get(sopInstanceUid) : undefined;
  return image !== undefined && image.seriesUid === seriesUid && frame <= image.frameCount;
}

async function imagesOf(db: Db, studyUid: string, named: readonly Named[]): Promise<Map<string, ReferencedImage>> {
  const uids = new Set(named.flatMap(({ sopInstanceUid }) => sopInstanceUid ?? []));
  const rows = await store.referencedInstances(db, studyUid, [...uids]);
  return new Map(
    rows.map(({ sopInstanceUid, sopClassUid, seriesInstanceUid, frameCount, attributes }) => [
      sopInstanceUid,
      {
        sopInstanceUid,
        sopClassUid,
        seriesUid: seriesInstanceUid,
        // A trace is indexed with no frames; it is marked as a whole.
        frameCount: frameCount || 1,
        attributes: attributes as unknown as DicomJson,
      },
    ]),
  );
}
