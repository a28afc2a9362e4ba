import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { logIn } from '../factories/hub-client.ts';
import { acceptConsultation } from '../factories/open-consultation.ts';
import { findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { keepConnections, launchForCalls, untilReceiving } from './call.ts';
import { openStudy, untilTogether } from './consultation-page.ts';
import { dragOn, drawnTrace, sendEcg } from './ecg-page.ts';
import { aecgFile, ecgOrders, infarction } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 200 };

/** One story of who sent an alarm and who answered it; its tests run in order. */
describe.skipIf(!chromiumPath)('the room of an alarm', () => {
  let hub: Hub;
  let browser: Browser;
  let sender: Seat;
  let reader: Seat;
  const both = () => [sender, reader];

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launchForCalls(chromiumPath ?? '');
    [sender, reader] = (await Promise.all(
      ['village01', 'ecg01'].map(async (username) => {
        const seat = await sitDown(browser, hub.url, username);
        await keepConnections(seat.context);
        await seat.page.goto(hub.url);
        return seat;
      }),
    )) as [Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-call', both));

  test('is asked for from the desk that the alarm opened, and is one key away at the sender’s', async () => {
    const { order } = await ecgOrders(hub.url, '张桂芳', 'village01');
    const emergency = await order('emergency');
    await sendEcg(sender.page, hub.url, emergency, aecgFile(emergency, infarction));
    // By its patient's name once it has found its request: before that there is a trace to open and no case.
    await reader.page.locator('[data-testid="alarm"][data-state="raised"]').getByText('张桂芳').waitFor(patience);
    await reader.page.keyboard.press('F9');
    await drawnTrace(reader.page).waitFor(patience);
    await reader.page.getByTestId('ecg-form').waitFor(patience);
    await reader.page.getByTestId('call-back').press('Escape');
    await reader.page.keyboard.press('F8');
    await reader.page.getByTestId('send-consultation').click(patience);
    await reader.page.getByTestId('consultation-state').waitFor(patience);
    const id = new URL(reader.page.url()).pathname.split('/').at(-1) ?? '';
    await acceptConsultation({ id, expert: await logIn(hub.url, 'expert02') });
    await sender.page.getByTestId('alarm-room').waitFor(patience);
    await keep(sender, 'ecg-call-1-called');
    await sender.page.keyboard.press('F8');
    await sender.page.waitForURL(`**/consultations/${id}/room`);
    await reader.page.locator(`[data-testid="alarm"] a[href$="/consultations/${id}/room"]`).click(patience);
    await reader.page.waitForURL(`**/consultations/${id}/room`);
    for (const seat of both()) await untilTogether(seat, 2);
    // In the room nobody is offered the way into it.
    expect(await sender.page.getByTestId('alarm-room').count()).toBe(0);
  });

  test('both hear each other: what is received keeps growing, and it is played', async () => {
    for (const { page } of both()) await untilReceiving(page, 'audio', 1);
    for (const { page } of both()) {
      const isPlaying = () =>
        page.getByTestId('tile').evaluateAll((tiles) =>
          tiles.some((tile) => {
            const media = tile.querySelector<HTMLMediaElement>('audio, video:not(.own-picture)');
            return media !== null && !media.paused && media.currentTime > 0;
          }),
        );
      await expect.poll(isPlaying, patience).toBe(true);
    }
  });

  test('they look at the alarm’s trace together, and a caliper of one lies on the other’s', async () => {
    await openStudy(reader.page);
    for (const { page } of both()) await drawnTrace(page).waitFor(patience);
    for (const { page } of both()) expect(await page.getByTestId('ecg-head').first().textContent()).toContain('张桂芳');
    await drawnTrace(reader.page).hover();
    await reader.page.keyboard.press('t');
    await dragOn(reader.page, [0.2, 0.3], [0.3, 0.3]);
    await reader.page.keyboard.press('Escape');
    await sender.page.keyboard.press('p');
    const others = sender.page.getByTestId('ecg-other-calipers').locator('li');
    await expect.poll(() => others.count(), patience).toBe(1);
    expect(await others.textContent()).toMatch(/孙丽华.*时间.*\d+ ms/);
    for (const seat of both()) {
      expect([seat.name, await overflowOf(seat.page)]).toEqual([seat.name, []]);
      await keep(seat, 'ecg-call-2-together');
    }
    await sender.page.keyboard.press('p');
    await sender.page.setViewportSize({ width: 390, height: 844 });
    await drawnTrace(sender.page).waitFor(patience);
    await expect.poll(() => overflowOf(sender.page), patience).toEqual([]);
    await keep(sender, 'ecg-call-2-together-phone');
    await sender.page.setViewportSize({ width: 1366, height: 768 });
  });

  test('who leaves is gone at the other’s, and the alarm is where it was', async () => {
    await sender.page.getByTestId('leave').click();
    await sender.page.getByTestId('room').waitFor({ state: 'detached' });
    await untilTogether(reader, 1);
    expect(await sender.page.getByTestId('own-alarm').getAttribute('data-state')).toBe('acknowledged');
    await reader.page.getByTestId('leave').click();
    await reader.page.getByTestId('room').waitFor({ state: 'detached' });
    await reader.page.locator('[data-testid="alarm"][data-state="acknowledged"]').waitFor();
    for (const seat of both()) await keep(seat, 'ecg-call-3-left');
    expect(both().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
