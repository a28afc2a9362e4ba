import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@lianzhen/platform/log.ts';
import { createWorker } from 'mediasoup';
import type { Worker } from 'mediasoup/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { codecs } from '../../server/api/consultation/media/media-worker.ts';
import { RoomRecorder } from '../../server/api/consultation/media/room-recorder.ts';
import { composeFile } from '../../workers/consultation/recording/compose-file.ts';
import { writeTrackFiles } from '../../workers/consultation/recording/track-files.ts';
import { beepsIn, flashesIn, type PictureCodec, sendFlashes } from '../factories/flash-and-beep.ts';
import { mediaWorkerBin } from '../factories/probe-node.ts';

const hasFfmpeg = which('ffmpeg') !== undefined;
if (!hasFfmpeg) console.log('skipped: ffmpeg is not installed');

describe.skipIf(!hasFfmpeg)('a recording of a real stream', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianzhen-sync-'));
  let worker: Worker;
  beforeAll(async () => {
    worker = await createWorker({ workerBin: mediaWorkerBin(), logLevel: 'error' });
  });
  afterAll(() => {
    worker?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function record(name: string, seconds: number, lossPercent: number, codec: PictureCodec) {
    const router = await worker.createRouter({ mediaCodecs: codecs });
    const parts: Uint8Array[] = [];
    const recorder = new RoomRecorder({ write: (record) => parts.push(record) }, createLog('test', 'silent'));
    const origin = Date.now();
    const person = await sendFlashes(router, seconds, lossPercent, codec);
    const seat = { router, seatId: 'seat', name: '李医生' };
    recorder.add({ ...seat, producer: person.audio, source: 'microphone' });
    recorder.add({ ...seat, producer: person.video, source: 'camera' });
    await person.ended;
    recorder.close();
    person.stop();
    router.close();
    async function* chunks() {
      yield Buffer.concat(parts);
    }
    const own = join(folder, name);
    mkdirSync(own);
    return composeFile('ffmpeg', await writeTrackFiles(chunks, origin, own), own, new AbortController().signal);
  }

  // They last as long as what they send: side by side, as in a hospital.
  const codecNames: PictureCodec[] = ['VP8', 'VP9', 'H264'];
  test.concurrent.each(codecNames)('of %s has picture and sound together within a tenth of a second', async (codec) => {
    const { path, durationMs, tiles } = await record(`good-${codec}`, 11, 0, codec);
    const flashes = await flashesIn(path, 60);
    const beeps = await beepsIn(path);
    console.log(`${codec}: flashes ${flashes.map((at) => at.toFixed(3))}; beeps ${beeps.map((at) => at.toFixed(3))}`);
    // The first may come before the first key frame.
    expect(beeps.length).toBeGreaterThanOrEqual(5);
    expect(flashes.length).toBeGreaterThanOrEqual(5);
    const errors = flashes.map((flash) => Math.min(...beeps.map((beep) => Math.abs(beep - flash))));
    expect(Math.max(...errors)).toBeLessThan(0.1);
    expect(durationMs).toBeGreaterThan(10_000);
    expect(tiles).toEqual([{ name: '李医生', source: 'camera', left: 0, top: 0, width: 100, height: 100 }]);
  });

  test.concurrent.each(codecNames)(
    'of %s that lost five packets of a hundred plays, its sound whole and in time',
    async (codec) => {
      const { path, durationMs } = await record(`lossy-${codec}`, 11, 5, codec);
      const beeps = await beepsIn(path);
      const flashes = await flashesIn(path, 60);
      console.log(
        `${codec} with loss: flashes ${flashes.map((at) => at.toFixed(3))}; beeps ${beeps.map((at) => at.toFixed(3))}`,
      );
      expect(beeps.length).toBeGreaterThanOrEqual(5);
      // Neither shorter nor longer than it was: what is missing was hidden where it was missing.
      const steps = beeps.slice(1).map((beep, n) => beep - (beeps[n] ?? 0));
      for (const step of steps) expect(Math.abs(step - Math.round(step / 2) * 2)).toBeLessThan(0.06);
      const errors = flashes.map((flash) => Math.min(...beeps.map((beep) => Math.abs(beep - flash))));
      // A flash whose picture was lost may be seen late, when the next key frame comes; most are not.
      expect(errors.filter((error) => error < 0.1).length).toBeGreaterThanOrEqual(Math.ceil(errors.length / 2));
      expect(durationMs).toBeGreaterThan(10_000);
    },
  );
});
