import { composeRecording } from '@lianzhen/contracts/jobs.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { Deps } from '../../deps.ts';
import { RoomRecorder, type TrackToRecord } from '../media/room-recorder.ts';
import { asSource, ChunkWriter } from './chunk-writer.ts';
import * as store from './store.ts';

export interface RoomRecording {
  add(track: TrackToRecord): void;
  /** Lets what there is become a file. */
  stop(): Promise<void>;
  /** Writes what there is and leaves the recording open: the room comes back on another worker or node. */
  pause(): Promise<void>;
}

/** How rooms are recorded; the consent that it takes is noted by whoever begins it. */
export interface Recordings {
  begin(consultationId: string, by: { name: string; consentNote: string }): Promise<RoomRecording>;
}

type RecordDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'log'>;
const largestChunk = 128 * 1024 * 1024;
/** A room in which everybody is muted writes nothing and is recorded all the same. */
const sayEveryMs = 20_000;

/** Whether a room is to be recorded: it was, when it was lost. */
export const isRecorded = async ({ db }: Pick<Deps, 'db'>, consultationId: string): Promise<boolean> =>
  (await store.openOf(db, consultationId)) !== null;

/**
 * Begins a recording, or goes on with the one that is open. Consent was noted before; who asked and what he noted is kept
 * with it.
 */
export async function recordRoom(
  deps: RecordDeps,
  consultationId: string,
  by: { name: string; consentNote: string },
): Promise<RoomRecording> {
  const { db, blobs, clock, log } = deps;
  const now = clock.now();
  const { id } = await db.transaction((tx) =>
    store.openOrAdd(tx, {
      consultationId,
      startedByName: by.name,
      consentNote: by.consentNote,
      startedAt: now,
      aliveAt: now,
    }),
  );
  const writer = new ChunkWriter({
    keep: async (chunk) => {
      // A file of its own, so that it can be taken away when the recording's time is over.
      const blob = await blobs.write(asSource(chunk), { maxBytes: largestChunk });
      await db.transaction((tx) => store.addChunk(tx, id, { blob: blob.place, size: blob.size }, clock.now()));
    },
    openTracks: () => recorder.openTracks(),
    failed: (err) => log.warn({ err }, 'a part of a recording could not be kept yet'),
  });
  const recorder = new RoomRecorder(writer, log);
  const alive = setInterval(() => {
    // What could not be said now is said with the next chunk.
    store
      .touch(db, id, clock.now())
      .catch((err: unknown) => log.warn({ err }, 'a recording could not say that it lives'));
  }, sayEveryMs);
  const pause = async () => {
    clearInterval(alive);
    recorder.close();
    await writer.close();
  };
  return {
    add: (track) => recorder.add(track),
    pause,
    stop: async () => {
      await pause();
      await db.transaction((tx) => endRecording(tx, id, consultationId, clock.now()));
    },
  };
}

/** What there is becomes a file. Ended twice, it is ended once. */
async function endRecording(tx: Parameters<typeof store.end>[0], id: string, consultationId: string, at: Date) {
  if (!(await store.end(tx, id, at))) return;
  await enqueue(tx, composeRecording, { recordingId: id });
  const { revision, facilityIds } = await store.partiesOf(tx, consultationId);
  await emit(tx, { topic: 'consultation', id: consultationId, revision, facilityIds });
}
