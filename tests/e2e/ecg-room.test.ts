import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { launchForCalls } from './call.ts';
import { openStudy, untilTogether } from './consultation-page.ts';
import { openEcgRoom, recordFor } from './ecg-consultation.ts';
import { dragOn, drawnTrace } from './ecg-page.ts';
import { aecgFile, ecgOrders, infarction } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 30_000, interval: 200 };

/** An infarction that the township has recorded and asks about. @returns the id of the consultation, whose room is open */
async function openRoom(url: string): Promise<string> {
  const { doctor, order } = await ecgOrders(url, '张桂芳');
  const asked = await order('emergency');
  await recordFor(url, asked, aecgFile(asked, infarction).buffer);
  return openEcgRoom(url, doctor, asked);
}

/** The trace with its calipers exactly as this page has drawn it. */
const drawingOn = (seat: Seat): Promise<string> =>
  drawnTrace(seat.page)
    .locator('canvas')
    .nth(1)
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
const scaleOn = (seat: Seat) => seat.page.getByTestId('ecg-scale').locator('b').textContent();
const standingOf = (seat: Seat) => seat.page.getByTestId('standing').getAttribute('data-standing');

async function isInSight({ page }: Seat, testId: string): Promise<boolean> {
  const box = await page.getByTestId(testId).boundingBox();
  return box !== null && box.y + box.height <= (page.viewportSize()?.height ?? 0);
}

/**
 * Whoever leads has more above the trace. A window as much higher as that makes both drawings the same size, and then
 * they are the same to the last bit.
 */
async function evenOut(one: Seat, other: Seat): Promise<void> {
  const [first, second] = await Promise.all([one, other].map(({ page }) => drawnTrace(page).boundingBox()));
  const by = Math.round((first?.height ?? 0) - (second?.height ?? 0));
  const { width, height } = other.page.viewportSize() ?? { width: 0, height: 0 };
  if (by !== 0) await other.page.setViewportSize({ width, height: height + by });
}

/** One story of two people over one trace; its tests run in order. */
describe.skipIf(!chromiumPath)('an electrocardiogram in the room', () => {
  let hub: Hub;
  let browser: Browser;
  let expert: Seat;
  let doctor: Seat;

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launchForCalls(chromiumPath ?? '');
    const id = await openRoom(hub.url);
    [expert, doctor] = (await Promise.all(
      ['expert02', 'township01'].map((username) => sitDown(browser, hub.url, username)),
    )) as [Seat, Seat];
    for (const { page } of [expert, doctor]) {
      await page.goto(`${hub.url}/consultations/${id}`);
      await page.getByTestId('join').click();
    }
    for (const seat of [expert, doctor]) await untilTogether(seat, 2);
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-room', () => [expert, doctor]));

  async function untilSame(): Promise<string> {
    await expect
      .poll(async () => {
        await evenOut(expert, doctor);
        const [one, other] = await Promise.all([drawingOn(expert), drawingOn(doctor)]);
        return one === other;
      }, patience)
      .toBe(true);
    return drawingOn(doctor);
  }

  /** A look comes over in several steps, one for each key. */
  const untilOneScale = () =>
    expect.poll(async () => (await scaleOn(doctor)) === (await scaleOn(expert)), patience).toBe(true);

  test('what one opens and how he looks at it is drawn on the other’s page', async () => {
    await openStudy(expert.page);
    for (const { page } of [expert, doctor]) await drawnTrace(page).waitFor();
    expect(await expert.page.getByTestId('shared-studies').textContent()).toContain('心电图');
    const first = await untilSame();
    // An infarction rings at who sent it; the room makes way for it, and its keys stay in sight.
    await doctor.page.getByTestId('alarm-bar').getByText('急性心肌梗死').first().waitFor();
    await expect.poll(() => isInSight(doctor, 'leave'), patience).toBe(true);
    await drawnTrace(expert.page).hover();
    for (const key of ['2', 's', '=', 'f']) await expert.page.keyboard.press(key);
    await expect.poll(() => scaleOn(doctor), patience).toContain('50 mm/s · 20 mm/mV');
    await untilOneScale();
    expect(await untilSame()).not.toBe(first);
    await keep(doctor, 'ecg-room-1-look');
  });

  test('who follows cannot change the look; calipers of both lie on both, each with its author', async () => {
    await doctor.page.keyboard.press('3');
    await expert.page.keyboard.press('t');
    await dragOn(expert.page, [0.2, 0.3], [0.32, 0.3]);
    await expert.page.keyboard.press('Escape');
    const otherOn = (seat: Seat) => seat.page.getByTestId('ecg-other-calipers').locator('li');
    await doctor.page.keyboard.press('v');
    await dragOn(doctor.page, [0.62, 0.3], [0.62, 0.45]);
    await doctor.page.keyboard.press('Escape');
    for (const { page } of [expert, doctor]) await page.keyboard.press('p');
    await expect.poll(() => otherOn(doctor).count(), patience).toBe(1);
    await expect.poll(() => otherOn(expert).count(), patience).toBe(1);
    expect(await otherOn(doctor).textContent()).toMatch(/何静.*时间.*\d+ ms/);
    expect(await otherOn(expert).textContent()).toMatch(/李文军.*电压.*µV/);
    const value = (seat: Seat, list: string) => seat.page.getByTestId(list).locator('b').first().textContent();
    expect(await value(doctor, 'ecg-other-calipers')).toBe(await value(expert, 'ecg-calipers'));
    for (const { page } of [expert, doctor]) await page.keyboard.press('p');
    await untilSame();
    await expert.page.mouse.move(300, 400, { steps: 3 });
    await doctor.page.getByTestId('cursor').waitFor();
    for (const seat of [expert, doctor]) await keep(seat, 'ecg-room-2-calipers');
  });

  test('one key to look for oneself and back; the lead goes over with what its new holder sees', async () => {
    const led = await untilSame();
    await doctor.page.keyboard.press('g');
    await expect.poll(() => standingOf(doctor), patience).toBe('self');
    await doctor.page.keyboard.press('1');
    await expect.poll(() => drawingOn(doctor), patience).not.toBe(led);
    expect(await drawingOn(expert)).toBe(led);
    await doctor.page.keyboard.press('g');
    expect(await untilSame()).toBe(led);

    await doctor.page.getByTestId('take-lead').click();
    await expect.poll(() => standingOf(expert), patience).toBe('following');
    await drawnTrace(doctor.page).hover();
    for (const key of ['1', 's']) await doctor.page.keyboard.press(key);
    await expect.poll(() => scaleOn(expert), patience).toContain('25 mm/s');
    expect(await untilSame()).not.toBe(led);
    expect([...expert.errors, ...doctor.errors]).toEqual([]);
  });

  test('who comes back has all of it at once', async () => {
    const before = await drawingOn(doctor);
    await expert.page.reload();
    await untilTogether(expert, 2);
    await drawnTrace(expert.page).waitFor();
    expect(await untilSame()).toBe(before);
    await keep(expert, 'ecg-room-3-back');
  });

  test('who follows on a phone sees the same in a layout of the phone, and goes through its time by himself', async () => {
    const layoutOn = ({ page }: Seat) => drawnTrace(page).getAttribute('data-layout');
    const timeOn = async ({ page }: Seat) =>
      ((await page.getByTestId('ecg-position').textContent()) ?? '').split(' / ')[0];
    const other = expert.page.getByTestId('ecg-other-calipers').locator('li');
    for (const key of ['1', 'f']) await doctor.page.keyboard.press(key);
    await expect.poll(() => scaleOn(expert).then((scale) => scale === null), patience).toBe(false);
    const led = await scaleOn(doctor);
    await expect.poll(() => scaleOn(expert), patience).toBe(led);
    expect(await layoutOn(expert)).toBe('3x4+rhythm');

    await expert.page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => layoutOn(expert), patience).toBe('12x1');
    expect([await layoutOn(doctor), await scaleOn(expert)]).toEqual(['3x4+rhythm', led]);
    expect(await standingOf(expert)).toBe('following');
    await expect.poll(() => overflowOf(expert.page), patience).toEqual([]);
    await keep(expert, 'ecg-room-4-phone');
    // Another gain comes over; the columns of the wide screen still do not.
    await doctor.page.keyboard.press('-');
    await expect.poll(() => scaleOn(expert), patience).not.toBe(led);
    await untilOneScale();
    expect(await layoutOn(expert)).toBe('12x1');
    // The leader's caliper lies on it too.
    await expert.page.keyboard.press('p');
    await expect.poll(() => other.count(), patience).toBe(1);
    await expert.page.keyboard.press('p');

    // A part of the ten seconds is on a phone: a finger goes through them, and another gain does not take it back.
    await drawnTrace(expert.page).waitFor();
    const before = await timeOn(expert);
    await dragOn(expert.page, [0.9, 0.5], [0.2, 0.5]);
    await expect.poll(() => timeOn(expert), patience).not.toBe(before);
    const there = await timeOn(expert);
    await doctor.page.keyboard.press('=');
    await expect.poll(() => scaleOn(expert), patience).toBe(led);
    expect(await timeOn(expert)).toBe(there);
    await keep(expert, 'ecg-room-5-phone-later');
  });

  test('the lead taken on the phone changes nobody’s paper; on a wide screen the leader’s is back', async () => {
    const layoutOn = ({ page }: Seat) => drawnTrace(page).getAttribute('data-layout');
    await expert.page.getByTestId('take-lead').click();
    await expect.poll(() => standingOf(doctor), patience).toBe('following');
    const before = await scaleOn(doctor);
    await expert.page.keyboard.press('n');
    await expect.poll(() => scaleOn(doctor), patience).not.toBe(before);
    expect([await layoutOn(expert), await layoutOn(doctor)]).toEqual(['12x1', '3x4+rhythm']);
    await expert.page.setViewportSize({ width: 1366, height: 768 });
    await expect.poll(() => layoutOn(expert), patience).toBe('3x4+rhythm');
    expect([...expert.errors, ...doctor.errors]).toEqual([]);
  });
});
