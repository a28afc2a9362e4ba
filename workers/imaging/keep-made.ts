import { indexStudy } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { v7 as uuid } from 'uuid';
import type { WorkerDeps } from '../deps.ts';
import * as store from './made-store.ts';

/** The door of what the hub makes itself, beside those of what others send. */
export const madeHere = 'consultation';

/** An object that the hub made for a study it holds, as a Part 10 file in explicit VR little endian. */
export interface MadeInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly bytes: Buffer;
}

/**
 * Adds objects to a study in the way of everything that arrives: bytes that are durable first, then the row and the job
 * that indexes it in one transaction. One that is there already is left alone.
 * @returns how many are new
 */
export async function keepMade(
  { db, blobs, clock, config }: Pick<WorkerDeps, 'db' | 'blobs' | 'clock' | 'config'>,
  study: { readonly studyInstanceUid: string; readonly facilityId: string },
  made: readonly MadeInstance[],
): Promise<number> {
  const known = await store.knownUids(
    db,
    made.map(({ sopInstanceUid }) => sopInstanceUid),
  );
  let added = 0;
  for (const { bytes, ...instance } of made) {
    if (known.has(instance.sopInstanceUid)) continue;
    // In a file of its own: the bundle of a study belongs to the process that receives it.
    const { place, sha256, size } = await blobs.write(piecesOf(bytes), { maxBytes: config.HUB_MAX_INSTANCE_BYTES });
    const row = { ...instance, ...study, id: uuid(), deviceId: null, door: madeHere, sha256, size, blob: place };
    const isNew = await db.transaction(async (tx) => {
      if (!(await store.addInstance(tx, { ...row, receivedAt: clock.now() }))) return false;
      await enqueue(tx, indexStudy, { studyInstanceUid: study.studyInstanceUid });
      return true;
    });
    if (isNew) added += 1;
    else await blobs.discard(place);
  }
  return added;
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
