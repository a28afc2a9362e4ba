import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createWorker } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { codecs } from '../../server/api/consultation/media/media-worker.ts';
import { listRecordings } from '../../server/api/consultation/recording/list-recordings.ts';
import { recordingRouter } from '../../server/api/consultation/recording/media-router.ts';
import { isRecorded, recordRoom } from '../../server/api/consultation/recording/record-room.ts';
import type { Actor } from '../../server/api/context.ts';
import { recordingHandlers } from '../../workers/consultation/recording/handlers.ts';
import { sweepRecordings } from '../../workers/consultation/recording/sweep-recordings.ts';
import { ctxFor } from '../factories/callers.ts';
import { consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { beepsIn, sendFlashes } from '../factories/flash-and-beep.ts';
import { mediaWorkerBin } from '../factories/probe-node.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';
import { movableClock, runDueJobs } from '../factories/worker.ts';

const hasFfmpeg = which('ffmpeg') !== undefined;
if (!hasFfmpeg) console.log('skipped: ffmpeg is not installed');

describe.skipIf(!hasFfmpeg)('recordings', () => {
  const database = withDatabase();
  const edge = withEdge(database, withRedis());
  const given = givenIn(database);
  const folder = mkdtempSync(join(tmpdir(), 'lianzhen-recordings-'));
  let worker: Worker;
  let door: Server;
  let asking: Actor;
  beforeAll(async () => {
    worker = await createWorker({ workerBin: mediaWorkerBin(), logLevel: 'error' });
    const app = express();
    app.use((_req, res, next) => {
      res.locals.ctx = ctxFor(asking);
      next();
    });
    app.use('/api', recordingRouter(edge.deps));
    const failed: express.ErrorRequestHandler = (_cause, _req, res, _next) => void res.status(404).end();
    app.use(failed);
    door = createServer(app);
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    door?.close();
    worker?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const media = (actor: Actor, id: string, headers: Record<string, string> = {}) => {
    asking = actor;
    const { port } = door.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/api/recordings/${id}/media.mp4`, { headers });
  };

  test('a node that dies loses seconds; the file is made, played in ranges by those of the case, and goes in its time', async () => {
    const { db, blobs } = edge.deps;
    const region = await consultingRegion(database, given);
    const { id: consultationId } = await live(edge.deps, region);
    const router = await worker.createRouter({ mediaCodecs: codecs });
    const person = await sendFlashes(router, 20);
    const tape = await recordRoom(edge.deps, consultationId, { name: '许专家', consentNote: '患者口头同意' });
    tape.add({ router, producer: person.audio, source: 'microphone', seatId: 'one', name: '许专家' });
    tape.add({ router, producer: person.video, source: 'camera', seatId: 'one', name: '许专家' });
    const chunkCount = () => db.recordingChunk.count();
    // A busy machine sends its seconds late: what counts is how many were spoken, fifty packets each.
    const spoken = async () => Number((await person.audio.getStats())[0]?.packetCount ?? 0) / 50;
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200));
    };
    const before = await spoken();
    await until(async () => (await spoken()) - before >= 7);
    // The part that is being written may have begun before the last of them; the one after it has them all.
    const written = await chunkCount();
    await until(async () => (await chunkCount()) >= Math.max(3, written + 2));
    // Killed: it says nothing more, and nobody has ended the recording.
    person.stop();
    router.close();
    expect(await isRecorded(edge.deps, consultationId)).toBe(true);
    await tape.pause();

    const clock = movableClock(Date.now() + 180_000);
    const deps = { ...edge.deps, clock };
    await sweepRecordings(deps);
    expect(await isRecorded(edge.deps, consultationId)).toBe(false);
    // Given out twice, the job makes one file.
    await runDueJobs(deps, recordingHandlers, 2).catch(async (cause) => {
      // Jobs of the other words wait in the same outbox, with nobody here to do them.
      if (!String(cause).includes('nobody does')) throw cause;
      const [one] = recordingHandlers;
      const row = await db.recording.findFirstOrThrow({ where: { consultationId } });
      await one?.handle(deps, { recordingId: row.id } as never, {
        ...{ jobId: '1', attempt: 1 },
        signal: AbortSignal.timeout(100_000),
      });
    });

    const [recording] = await listRecordings(edge.deps, ctxFor(region.first), { consultationId });
    expect(recording).toMatchObject({ state: 'ready', startedByName: '许专家', consentNote: '患者口头同意' });
    expect(recording?.durationMs).toBeGreaterThan(4000);
    const id = recording?.id ?? '';
    const whole = Buffer.from(await (await media(region.first, id)).arrayBuffer());
    expect(whole.length).toBe(recording?.size);
    const part = await media(region.first, id, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${whole.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
    expect((await media(region.first, id, { range: `bytes=${whole.length}-` })).status).toBe(416);
    const path = join(folder, 'whole.mp4');
    writeFileSync(path, whole);
    expect((await beepsIn(path)).length).toBeGreaterThanOrEqual(2);

    expect((await media(region.outsider, id)).status).toBe(404);
    await expect(listRecordings(edge.deps, ctxFor(region.outsider), { consultationId })).rejects.toMatchObject({
      code: 'P2025',
    });
    const looks = await db.auditEntry.count({ where: { action: 'consultation.recordingRead', objectId: id } });
    expect(looks).toBe(1);

    // What it was made of is gone once there is the file; the file, when its time is over.
    const { blob } = await db.recordingChunk.findFirstOrThrow();
    await sweepRecordings(deps);
    expect(await chunkCount()).toBe(0);
    await expect(blobs.read(blob)).rejects.toThrow();
    clock.advance(1200 * 86_400_000);
    await sweepRecordings(deps);
    expect((await media(region.first, id)).status).toBe(404);
    const [later] = await listRecordings(edge.deps, ctxFor(region.first), { consultationId });
    expect(later).toMatchObject({ state: 'removed', size: null });
  });
});
