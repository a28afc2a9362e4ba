import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type RecordingView, recordingMediaPath } from '@lianzhen/contracts/recording.ts';
import { connectDb, type Db } from '@lianzhen/db/client.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { openLine } from '../factories/line.ts';
import { type AskedConsultation, acceptConsultation, askConsultation } from '../factories/open-consultation.ts';
import { findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { keepConnections, launchForCalls, untilReceiving } from './call.ts';
import { untilTogether } from './consultation-page.ts';

const chromiumPath = findChromium();
const hasFfmpeg = which('ffmpeg') !== undefined;
if (!hasFfmpeg) console.log('skipped: ffmpeg is not installed');
const patience = { timeout: 90_000, interval: 300 };

/** One story; its tests run in order. */
describe.skipIf(!chromiumPath || !hasFfmpeg)('a recording whose media node is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lianzhen-e2e-recording-'));
  let hub: Hub;
  let database: Db;
  let browser: Browser;
  let asked: AskedConsultation;
  let township: Seat;
  let expert: Seat;
  const both = () => [township, expert];

  beforeAll(async () => {
    hub = await startDemoHub();
    database = connectDb(hub.databaseUrl, 2);
    browser = await launchForCalls(chromiumPath ?? '');
    asked = await askConsultation(await openLine(hub.url));
    await acceptConsultation(asked);
    [township, expert] = (await Promise.all(
      ['township01', 'expert01'].map(async (username) => {
        const seat = await sitDown(browser, hub.url, username, { viewport: { width: 1024, height: 640 } });
        await keepConnections(seat.context);
        return seat;
      }),
    )) as [Seat, Seat];
    // A machine of many cores sends its camera as VP9 in layers (web/call/sending.ts); this one may have few.
    await township.context.addInitScript(() =>
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 8 }),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await hub?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(oneStory('recording', both));
  const chunks = () => database.recordingChunk.count();
  const signs = () => Promise.all(both().map(({ page }) => page.getByTestId('recording').count()));
  const recordings = () => asked.doctor.call(hubContract.recording.list, { consultationId: asked.id });

  test('is begun by a signal of who may, once consent is noted, and told on every screen', async () => {
    for (const seat of both()) await seat.page.goto(`${hub.url}/consultations/${asked.id}/room`);
    for (const seat of both()) await untilTogether(seat, 2);
    for (const { page } of both()) await untilReceiving(page, 'video', 1);
    await expert.page.getByTestId('room-settings').click();
    const begin = expert.page.getByTestId('start-recording');
    expect(await begin.isDisabled()).toBe(true);
    await expert.page.getByText('已同意录制').click();
    await expert.page.getByPlaceholder('同意的方式').fill('口头同意，患者本人');
    await begin.click();
    await expect.poll(signs, patience).toEqual([1, 1]);
    await keep(expert, 'recording-1-begun');
    await expect.poll(chunks, patience).toBeGreaterThanOrEqual(3);
  });

  test('goes on by itself after kill -9', async () => {
    const before = await chunks();
    const killed = hub.pids.sfu;
    hub.kill('sfu', 'SIGKILL');
    for (const { page } of both()) await page.getByTestId('reconnecting').waitFor();
    await expect.poll(() => hub.pids.sfu !== undefined && hub.pids.sfu !== killed, patience).toBe(true);
    for (const { page } of both()) await page.getByTestId('reconnecting').waitFor({ state: 'detached' });
    for (const seat of both()) await untilTogether(seat, 2);
    for (const { page } of both()) await untilReceiving(page, 'video', 1);
    expect(await signs()).toEqual([1, 1]);
    await expect.poll(chunks, patience).toBeGreaterThanOrEqual(before + 3);
  });

  let recording: RecordingView | undefined;
  test('is one file in the end, which plays, with everybody in it before and after', async () => {
    await expert.page.getByTestId('stop-recording').click();
    await expect.poll(signs, patience).toEqual([0, 0]);
    await expect
      .poll(async () => (await recordings()).map(({ state, failure }) => failure ?? state), patience)
      .toEqual(['ready']);
    [recording] = await recordings();
    const answer = await asked.doctor.fetch(recordingMediaPath(recording?.id ?? ''));
    const path = join(folder, 'recording.mp4');
    writeFileSync(path, Buffer.from(await answer.arrayBuffer()));

    expect(recording?.tiles.map(({ source }) => source)).toEqual(['camera', 'camera']);
    expect(new Set(recording?.tiles.map(({ name }) => name)).size).toBe(2);
    const seconds = secondsOf(path);
    const { startedAt, endedAt } = recording ?? { startedAt: '', endedAt: '' };
    const lasted = (Date.parse(endedAt ?? '') - Date.parse(startedAt)) / 1000;
    // The time of the session, with the gap in it: what happened later stands later.
    expect(seconds).toBeGreaterThan(lasted - 6);
    expect(seconds).toBeLessThan(lasted + 2);
    for (const at of [4, seconds - 2]) for (const tile of brightest(path, at)) expect(tile).toBeGreaterThan(60);
  });

  test('plays in the case', async () => {
    const { page } = township;
    await page.goto(`${hub.url}/consultations/${asked.id}`);
    const video = page.getByTestId('recording-video');
    await video.scrollIntoViewIfNeeded();
    await expect
      .poll(() => video.evaluate((one) => (one as HTMLVideoElement).duration), patience)
      .toBeCloseTo((recording?.durationMs ?? 0) / 1000, 0);
    await keep(township, 'recording-2-in-the-case');
    expect(both().flatMap(({ errors }) => errors)).toEqual([]);
  });
});

const run = (program: string, args: string[]): Buffer => {
  const { stdout, status, stderr } = spawnSync(program, args, { maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
};

/** How long a file plays. */
const secondsOf = (path: string): number =>
  Number(run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]));

/**
 * The brightest grey level of the left and the right half at a moment: where the tiles of two people stand. What Chromium's
 * camera shows changes its colours, with something bright in it always.
 */
function brightest(path: string, at: number): [number, number] {
  const size = ['-vf', 'scale=128:72,format=gray', '-f', 'rawvideo', '-'];
  const pixels = run('ffmpeg', ['-v', 'error', '-ss', at.toFixed(2), '-i', path, '-frames:v', '1', ...size]);
  const most = (isHere: (x: number) => boolean) => Math.max(...[...pixels].filter((_, n) => isHere(n % 128)));
  return [most((x) => x < 64), most((x) => x >= 64)];
}
