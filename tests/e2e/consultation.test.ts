import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { openLine } from '../factories/line.ts';
import { caseToRead } from '../factories/line-work.ts';
import { findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { keepConnections, launchForCalls, untilReceiving } from './call.ts';
import { askForConsultation, inviteGuest, openStudy, say, untilTogether, wordsOn } from './consultation-page.ts';
import { differenceOf, drag, pixelsOn, sizeOn, turnLeaf } from './consultation-picture.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 300 };
/** Canvases of several sizes are drawn with interpolation: on the average a pixel is so far from itself, in grey levels. */
const renderingError = 2;

/** One story of four people at four machines; its tests run in order. */
describe.skipIf(!chromiumPath)('a consultation of four', () => {
  let hub: Hub;
  let browser: Browser;
  let township: Seat;
  let county: Seat;
  let expert: Seat;
  let guest: Seat;
  let id = '';
  const watching = () => [expert, township, county];
  const everyone = () => [...watching(), guest];

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launchForCalls(chromiumPath ?? '');
    await caseToRead(await openLine(hub.url));
    [township, county, expert] = (await Promise.all(
      ['township01', 'radiologist02', 'expert01'].map(async (username) => {
        const seat = await sitDown(browser, hub.url, username);
        await keepConnections(seat.context);
        return seat;
      }),
    )) as [Seat, Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('consultation', () => [township, county, expert, guest]));

  test('is asked for by the township and accepted by the expert', async () => {
    id = await askForConsultation(township.page, hub.url);
    await keep(township, 'consultation-1-asked');
    for (const { page } of [expert, county]) await page.goto(`${hub.url}/consultations/${id}`);
    await expert.page.getByTestId('accept').click();
    await expert.page.getByTestId('join').waitFor();
    await keep(expert, 'consultation-2-accepted');
  });

  test('brings three into the room with one press each, and a guest whom somebody lets in', async () => {
    const { number, code } = await inviteGuest(township.page, '张伟', '儿子');
    for (const { page } of watching()) await page.getByTestId('join').click();
    for (const seat of watching()) await untilTogether(seat, 3);

    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    await keepConnections(context);
    const page = await context.newPage();
    guest = { name: 'guest', context, page, errors: [] };
    page.on('pageerror', (error) => guest.errors.push(`guest: ${error.message}`));
    await page.goto(`${hub.url}/guest?number=${number}`);
    await page.getByTestId('guest-code').fill(code);
    await page.getByTestId('guest-enter').click();
    await page.locator('[data-testid="room-phase"][data-phase="lobby"]').waitFor();
    await keep(guest, 'consultation-3-lobby');
    await expert.page.getByTestId('admit').click();
    for (const seat of everyone()) await untilTogether(seat, 4);
  });

  test('everyone hears and sees the three others', async () => {
    for (const { page } of everyone()) await untilReceiving(page, 'audio', 3);
    for (const { page } of everyone()) await untilReceiving(page, 'video', 3);
    for (const seat of everyone()) await keep(seat, 'consultation-4-talk');
  });

  async function untilSame(): Promise<void> {
    await expect
      .poll(async () => {
        const [leads, ...others] = await Promise.all(
          watching().map(async ({ page }) => ({ pixels: await pixelsOn(page), size: await sizeOn(page) })),
        );
        const apart = others.map(({ pixels, size }) => {
          const difference = differenceOf(leads?.pixels ?? [], pixels);
          // Canvases of one size are the same to the last bit.
          return size === leads?.size && difference > 0 ? 255 : difference;
        });
        return Math.max(...apart);
      }, patience)
      .toBeLessThanOrEqual(renderingError);
  }
  const leafOn = (seat: Seat) => seat.page.getByTestId('viewer').getAttribute('data-image');
  const leaves = () => Promise.all(watching().map(leafOn));

  test('the pictures of all three follow who leads; the guest has none', async () => {
    await openStudy(expert.page);
    for (const { page } of watching()) await page.locator('[data-testid="viewer"][data-rendered="true"]').waitFor();
    await untilSame();
    const first = await pixelsOn(county.page);
    expect(new Set(first).size).toBeGreaterThan(8);

    await turnLeaf(expert.page);
    await expect.poll(leaves, patience).toEqual(['2', '2', '2']);
    await untilSame();
    const second = await pixelsOn(county.page);
    // Neighbouring slices look alike; on one canvas any difference is one.
    expect(differenceOf(first, second)).toBeGreaterThan(0);

    await expert.page.keyboard.press('w');
    await drag(expert.page, [0.4, 0.4], [0.6, 0.55]);
    await expect
      .poll(async () => differenceOf(second, await pixelsOn(county.page)), patience)
      .toBeGreaterThan(renderingError);
    await untilSame();
    expect(await guest.page.locator('canvas').count()).toBe(0);
    for (const seat of watching()) await keep(seat, 'consultation-5-picture');
  });

  test('marks are on every screen in their author’s colour', async () => {
    await expert.page.keyboard.press('l');
    await drag(expert.page, [0.45, 0.45], [0.55, 0.6]);
    const marksOn = (seat: Seat) => seat.page.locator('[data-measurement="length"]');
    for (const seat of watching()) await marksOn(seat).waitFor();
    const colours = await Promise.all(
      watching().map((seat) =>
        marksOn(seat).evaluate((mark) => (mark as SVGElement).style.getPropertyValue('--lzv-mark')),
      ),
    );
    expect(new Set(colours).size).toBe(1);
    expect(colours[0]).toMatch(/^#/);
    for (const seat of watching()) await keep(seat, 'consultation-6-marks');
  });

  test('the lead is handed over; who looks for himself comes back with one key', async () => {
    await township.page.getByTestId('take-lead').click();
    await township.page.locator('[data-testid="standing"][data-standing="leading"]').waitFor();
    await county.page.getByTestId('follow').click();
    await turnLeaf(township.page, -1);
    await expect.poll(leaves, patience).toEqual(['1', '1', '2']);
    await county.page.getByTestId('follow').click();
    await expect.poll(leaves, patience).toEqual(['1', '1', '1']);
    await untilSame();
  });

  test('words reach everyone once, in one order', async () => {
    // On a phone the words take the place of the people.
    await guest.page.locator('.ant-segmented-item').filter({ hasText: '聊天' }).click();
    await say(township, '结节 8 毫米，要不要增强？');
    await say(guest, '我母亲没有药物过敏');
    await expect.poll(() => wordsOn(expert), patience).toHaveLength(2);
    await say(expert, '三个月后复查即可');
    const said = ['结节 8 毫米，要不要增强？', '我母亲没有药物过敏', '三个月后复查即可'];
    for (const seat of everyone()) {
      await expect.poll(async () => (await wordsOn(seat)).toSorted(), patience).toEqual(said.toSorted());
    }
    const orders = await Promise.all(everyone().map(wordsOn));
    expect(new Set(orders.map((order) => order.join('|'))).size).toBe(1);
    await keep(guest, 'consultation-7-words');
  });

  test('the opinion is signed in the room, delivered, and acknowledged by who asked', async () => {
    await expert.page.getByTestId('opinion-findings').fill('右肺上叶结节 8 mm，边缘光滑。');
    await expert.page.getByTestId('opinion').fill('考虑良性结节，三个月后复查胸部 CT。');
    await keep(expert, 'consultation-8-opinion');
    await expert.page.getByTestId('sign-opinion').click();
    await expert.page.getByTestId('signed-opinion').waitFor();
    await expert.page.getByTestId('end-session').click();
    const confirm = expert.page.locator(
      '.ant-modal-confirm-btns .ant-btn-dangerous, .ant-popconfirm .ant-btn-dangerous',
    );
    await confirm.first().click({ timeout: 5000 });
    for (const seat of everyone()) await seat.page.locator('[data-testid="room-phase"][data-phase="over"]').waitFor();

    await township.page.goto(`${hub.url}/consultations/${id}`);
    const rows = township.page.getByTestId('delivery-row');
    await expect
      .poll(() => rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.state)), patience)
      .toSatisfy((states: string[]) => states.length >= 2 && states.every((state) => state === 'accepted'));
    await township.page.getByTestId('acknowledge').click();
    await township.page.locator('[data-testid="consultation-state"][data-state="acknowledged"]').waitFor();
    await keep(township, 'consultation-9-acknowledged');
    expect(everyone().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
