import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { askForRead } from './ask-page.ts';
import { findChromium, launch, type Seat, sitDown } from './browser.ts';

const chromiumPath = findChromium();

describe.skipIf(!chromiumPath)('a village doctor on a link that drops', () => {
  let hub: Hub;
  let browser: Browser;
  let doctor: Seat;

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
    doctor = await sitDown(browser, hub.url, 'village01', { viewport: { width: 390, height: 844 }, keepsPages: true });
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const link = (state: string) => doctor.page.locator(`[data-testid="link-state"][data-state="${state}"]`).waitFor();

  test('the page is live again once the link is back, although its socket outlived the gap', async () => {
    await link('online');
    await doctor.context.setOffline(true);
    await link('offline');
    await doctor.context.setOffline(false);
    await link('online');
  });

  test('what was typed without a link reaches the hub when its page is opened again, untouched', async () => {
    const { page, context } = doctor;
    await page.goto(`${hub.url}/orders/new`);
    await link('online');
    await context.setOffline(true);
    await page.getByTestId('purpose').fill('停电前写下的检查目的');
    await page.goBack();
    await context.setOffline(false);
    const saved = page.waitForResponse(
      (answer) => answer.url().includes('/api/order-drafts') && answer.status() === 201,
    );
    await page.goForward();
    await saved;
    const drafts = (await (await page.request.get(`${hub.url}/api/order-drafts`)).json()) as { content: object }[];
    expect(drafts).toMatchObject([{ content: { purpose: '停电前写下的检查目的' } }]);
  });

  test('what was typed into a saved request for a consultation when the link went is there after a reload', async () => {
    const { page, context } = await sitDown(browser, hub.url, 'township01', { keepsPages: true });
    await page.goto(`${hub.url}/consultations/new`);
    const state = (kind: string) => page.locator(`[data-testid="draft-status"][data-state="${kind}"]`).waitFor();
    await page.getByTestId('consultation-reason').fill('右肺结节性质待定');
    await state('saved');
    await context.setOffline(true);
    await page.getByTestId('consultation-purpose').fill('断网后写下的会诊目的');
    await state('local');
    const address = page.url();
    await page.goto('about:blank');
    await context.setOffline(false);
    await page.goto(address);
    await state('saved');
    expect(await page.getByTestId('consultation-reason').inputValue()).toBe('右肺结节性质待定');
    expect(await page.getByTestId('consultation-purpose').inputValue()).toBe('断网后写下的会诊目的');
    const drafts = (await (await page.request.get(`${hub.url}/api/consultation-drafts`)).json()) as {
      content: object;
    }[];
    expect(drafts).toMatchObject([{ content: { purpose: '断网后写下的会诊目的' } }]);
    await page.goto(`${hub.url}/consultations`);
    await page.getByTestId('consultation-draft').getByText('右肺结节性质待定').waitFor();
    expect(await page.getByText('仅保存在本机').count()).toBe(0);
  });

  test('a double click adds one supplement', async () => {
    const desk = await sitDown(browser, hub.url, 'township01', { keepsPages: true });
    const wanted = { patient: 'zgf', patientShown: '张桂芳', exam: 'MR-KNEE', examShown: '膝关节平扫' };
    const { orderId } = await askForRead(desk.page, wanted);
    const sent: string[] = [];
    desk.page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await desk.page.getByTestId('supplement-text').fill('补充：血常规正常');
    // Typed, and looked something up meanwhile.
    await desk.page.getByTestId('nav-patients').click();
    await desk.page.goBack();
    await desk.page.getByTestId('supplement-text').and(desk.page.locator(':text-is("补充：血常规正常")')).waitFor();
    await desk.page.getByTestId('send-supplement').dblclick();
    await desk.page.getByTestId('supplement-text').and(desk.page.locator(':text-is("")')).waitFor();
    expect(sent.filter((one) => one.startsWith('POST'))).toEqual([`POST /api/orders/${orderId}/supplement`]);
  });

  test('Enter chooses nobody from an older answer, and records nobody anew before there is one', async () => {
    const { page } = doctor;
    await page.goto(`${hub.url}/orders/new`);
    const box = page.getByTestId('patient-search').locator('input');
    await box.fill('z');
    await page.locator('.patient-option', { hasText: '张桂芳' }).waitFor();
    // The next answer is held back, as by a slow link: what stands there still belongs to the letter before.
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/patients?*', (route) => held.then(() => route.continue()));
    const asked = page.waitForRequest((request) => request.url().includes('q=liu'));
    await box.fill('liu');
    await box.press('Enter');
    await asked;
    await box.press('Enter');
    expect(await page.getByTestId('picked-patient').count()).toBe(0);
    expect(await page.getByTestId('new-patient').count()).toBe(0);
    answer();
    await page.locator('.patient-option', { hasText: '刘建军' }).waitFor();
    await box.press('Enter');
    await page.getByTestId('picked-patient').getByText('刘建军').waitFor();
  });
});
