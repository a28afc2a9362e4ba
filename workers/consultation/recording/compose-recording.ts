import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { composeRecording, Payload } from '@lianzhen/contracts/jobs.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../../deps.ts';
import { composeFile } from './compose-file.ts';
import * as store from './store.ts';
import { writeTrackFiles } from './track-files.ts';

const longestFile = 16 * 1024 ** 3;
const sayEveryMs = 30_000;
const dayMs = 86_400_000;

/**
 * Makes the playable file of a recording. Killed in the middle, it begins again: everything but the finished blob lies in a
 * folder of its own, and the row names the blob only when that is durable.
 */
export async function handleComposeRecording(
  deps: Pick<WorkerDeps, 'db' | 'blobs' | 'clock' | 'config'>,
  { recordingId: id }: Payload<typeof composeRecording>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, clock } = deps;
  const recording = await store.read(db, id);
  if (recording?.state !== 'composing') return;
  const say = () => store.touch(db, id, clock.now());
  await say();
  const saying = setInterval(() => void say().catch(() => undefined), sayEveryMs);
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-recording-'));
  try {
    await compose(deps, recording, folder, signal);
  } finally {
    clearInterval(saying);
    await rm(folder, { recursive: true, force: true });
  }
}

async function compose(
  deps: Pick<WorkerDeps, 'db' | 'blobs' | 'clock' | 'config'>,
  { id, consultationId, startedAt }: { id: string; consultationId: string; startedAt: Date },
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, blobs, clock, config } = deps;
  const keepUntil = new Date(clock.now().getTime() + config.HUB_RECORDING_DAYS * dayMs);
  const rows = await store.chunks(db, id);
  async function* chunks() {
    for (const { blob, size } of rows) {
      signal.throwIfAborted();
      yield await blobs.read(blob, 0, size);
    }
  }
  const tracks = await writeTrackFiles(chunks, startedAt.getTime(), folder);
  if (tracks.length === 0) {
    await db.transaction(async (tx) => {
      await store.fail(tx, id, 'nothing-recorded', keepUntil);
      await tell(tx, consultationId);
    });
    return;
  }
  const { path, durationMs, tiles } = await composeFile(config.HUB_FFMPEG, tracks, folder, signal);
  const blob = await blobs.write(createReadStream(path), { maxBytes: longestFile });
  const file = { blob: blob.place, sha256: blob.sha256, size: blob.size, durationMs, tiles, keepUntil };
  const isTaken = await db.transaction(async (tx) => {
    const isMine = await store.finish(tx, id, file);
    if (isMine) await tell(tx, consultationId);
    return isMine;
  });
  // Another worker was quicker.
  if (!isTaken) await blobs.discard(blob.place);
}

async function tell(tx: Parameters<typeof emit>[0], consultationId: string): Promise<void> {
  const { revision, facilityIds } = await store.partiesOf(tx, consultationId);
  await emit(tx, { topic: 'consultation', id: consultationId, revision, facilityIds });
}
