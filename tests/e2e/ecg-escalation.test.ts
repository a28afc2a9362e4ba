import { connectDb, type Db } from '@lianzhen/db/client.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, keep, launch, oneStory, type Seat, sitDown } from './browser.ts';
import { drawnTrace, sendEcg } from './ecg-page.ts';
import { aecgFile, ecgOrders, infarction } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 200 };
const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };

/** One story of an alarm that nobody at the county answers; its tests run in order. */
describe.skipIf(!chromiumPath)('an alarm that nobody answers', () => {
  let hub: Hub;
  let database: Db;
  let browser: Browser;
  let village: Seat;
  let reader: Seat;
  let senior: Seat;
  let cardiologist: Seat;
  let radiologist: Seat;
  const everyone = () => [village, reader, senior, cardiologist, radiologist];

  beforeAll(async () => {
    // What is due is found at once and not after seconds.
    hub = await startDemoHub({ env: { HUB_SWEEP_MS: '300' } });
    database = connectDb(hub.databaseUrl, 2);
    browser = await launch(chromiumPath ?? '');
    [village, reader, senior, cardiologist, radiologist] = (await Promise.all(
      // The senior of the house reads images; the expert of radiology is no cardiologist.
      ['village01', 'ecg01', 'radiologist02', 'expert02', 'expert01'].map((name) => sitDown(browser, hub.url, name)),
    )) as [Seat, Seat, Seat, Seat, Seat];
    // Each is on a page that has nothing to do with it.
    await Promise.all([
      senior.page.getByTestId('nav-patients').click(),
      cardiologist.page.getByTestId('nav-consultation').click(),
      radiologist.page.getByTestId('nav-worklist').click(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-escalation', everyone));

  const isRinging = ({ page }: Seat) => page.getByTestId('alarm-bar').getAttribute('data-ringing');
  const alarmOn = ({ page }: Seat, state: string) => page.locator(`[data-testid="alarm"][data-state="${state}"]`);
  const ownOn = ({ page }: Seat) => page.getByTestId('own-alarm');
  /** The time to answer is over, without anybody waiting for it. */
  const letTimePass = () =>
    database.ecgAlarm.updateMany({ where: { state: 'raised' }, data: { dueAt: new Date(Date.now() - 1000) } });
  /** Sound and title, on whatever page. */
  async function expectCalled(seat: Seat): Promise<void> {
    await alarmOn(seat, 'raised').waitFor(patience);
    await expect.poll(() => isRinging(seat), patience).toBe('true');
    expect(await seat.page.getByTestId('alarm-bar').getAttribute('data-sound')).toBe('on');
    await expect.poll(() => seat.page.title(), patience).toContain('危急心电');
  }
  async function keepBoth(seat: Seat, step: string): Promise<void> {
    await keep(seat, `ecg-escalation-${step}`);
    await seat.page.setViewportSize(phone);
    await seat.page.getByTestId('alarm-bar').waitFor();
    await expect.poll(() => overflowOf(seat.page), { ...patience, message: step }).toEqual([]);
    await keep(seat, `ecg-escalation-${step}-phone`);
    await seat.page.setViewportSize(desk);
  }

  test('rings at the readers of the centre alone', async () => {
    const { order } = await ecgOrders(hub.url, '张桂芳', 'village01');
    const emergency = await order('emergency');
    await sendEcg(village.page, hub.url, emergency, aecgFile(emergency, infarction));
    await expectCalled(reader);
    await expect.poll(() => ownOn(village).getAttribute('data-state'), patience).toBe('raised');
    for (const seat of [senior, cardiologist, radiologist])
      expect([seat.name, await alarmOn(seat, 'raised').count()]).toEqual([seat.name, 0]);
  });

  test('goes on to the seniors of the house, then to the cardiologist of the paired hospital and nobody else there', async () => {
    await letTimePass();
    await expectCalled(senior);
    expect(await alarmOn(cardiologist, 'raised').count()).toBe(0);
    await keepBoth(senior, '1-senior');
    await letTimePass();
    await expectCalled(cardiologist);
    // Who was called before stays called.
    for (const seat of [reader, senior]) expect([seat.name, await isRinging(seat)]).toEqual([seat.name, 'true']);
    expect(await alarmOn(radiologist, 'raised').count()).toBe(0);
    // The sender sees how far it has gone.
    const { name } = await database.facility.findFirstOrThrow({ where: { code: 'P01' } });
    await ownOn(village).getByText(name).waitFor(patience);
    await keepBoth(cardiologist, '2-cardiologist');
    await keepBoth(village, '3-sender-waits');
  });

  test('is taken by the cardiologist with one key: he sees the trace, the others are still, the sender reads who has it', async () => {
    await cardiologist.page.keyboard.press('F9');
    await drawnTrace(cardiologist.page).waitFor(patience);
    await alarmOn(cardiologist, 'acknowledged').waitFor(patience);
    for (const seat of [cardiologist, reader, senior])
      await expect.poll(() => isRinging(seat), { ...patience, message: seat.name }).toBe('false');
    await keepBoth(cardiologist, '4-trace');
    await ownOn(village).getByText('何静').waitFor(patience);
    expect(await ownOn(village).getAttribute('data-state')).toBe('acknowledged');
    await keepBoth(village, '5-sender-knows');
    await alarmOn(reader, 'acknowledged').getByText('何静').waitFor(patience);

    await cardiologist.page.getByTestId('call-back').fill('急性下壁心肌梗死，立即转运，直送导管室。');
    await cardiologist.page.getByTestId('call-back').press('Control+Enter');
    await village.page.getByTestId('told-text').getByText('直送导管室').waitFor(patience);
    expect(everyone().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
