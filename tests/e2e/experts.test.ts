import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, keep, launch, oneStory, type Seat, sitDown } from './browser.ts';
import { choose, offered } from './choose.ts';
import { askForConsultation } from './consultation-page.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 300 };
const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };
const wanted = { specialty: '心血管内科', expert: '吴国栋', attaches: false };

/** One story, in order: whom an admin adds, a township doctor can ask. */
describe.skipIf(!chromiumPath)('the directory of experts', () => {
  let hub: Hub;
  let browser: Browser;
  let admin: Seat;
  let township: Seat;
  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
    [admin, township] = (await Promise.all(
      ['countyadmin01', 'township01'].map((username) => sitDown(browser, hub.url, username)),
    )) as [Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('experts', () => [admin, township]));
  const dialog = () => admin.page.locator('.ant-modal:visible');
  const save = () => dialog().locator('.ant-modal-footer .ant-btn-primary').click();
  const row = () => admin.page.locator(`[data-testid="expert-row"][data-name="${wanted.expert}"]`);
  const fits = async (step: string) => {
    for (const viewport of [phone, desk]) {
      await admin.page.setViewportSize(viewport);
      await expect.poll(() => overflowOf(admin.page), { ...patience, message: step }).toEqual([]);
      await keep(admin, `experts-${step}-${viewport.width}`);
    }
  };

  test('an admin adds somebody of the house, and is told at the field what is missing', async () => {
    const { page } = admin;
    await page.getByTestId('nav-facilities').click();
    await page.getByRole('tab', { name: '会诊专家' }).click();
    await page.locator('[data-testid="expert-row"][data-name="周志强"]').waitFor();
    await fits('1-list');
    await page.getByTestId('new-expert').click();
    await save();
    await expect.poll(() => dialog().locator('.ant-form-item-explain-error').count(), patience).toBe(3);
    // Only who may answer and is not in the directory yet: neither the resident nor the one who is in it.
    const people = await choose(page, 'expert-person', wanted.expert);
    expect(people.join()).not.toMatch(/陈雨桐|周志强/);
    await choose(page, 'expert-specialty', wanted.specialty);
    await page.getByTestId('expert-since').fill('2009-07-01');
    await page.keyboard.press('Enter');
    await page.getByTestId('expert-any-time').click();
    await dialog().getByLabel('专长介绍').fill('冠心病、心律失常');
    await fits('2-filled');
    await save();
    await row().waitFor();
    expect(await row().getAttribute('data-lacks')).toBe('');
    expect(await row().textContent()).toMatch(/每天 全天.*现在在班.*可以受邀/s);
    await fits('3-added');
  });

  test('the township doctor finds and asks that expert', async () => {
    await askForConsultation(township.page, hub.url, wanted);
    await township.page.getByText(wanted.expert).first().waitFor();
    await keep(township, 'experts-4-asked');
  });

  test('an hour that ends before it begins is refused at its line; a good one is kept', async () => {
    const { page } = admin;
    await row().getByTestId('edit-expert').click();
    await page.getByTestId('expert-remove-line').click();
    await page.getByTestId('expert-add-line').click();
    await page.getByTestId('expert-to').fill('07:30');
    await page.keyboard.press('Enter');
    await page.getByTestId('expert-line').getByText('结束须晚于开始').waitFor();
    await save();
    await dialog().locator('.ant-form-item-explain-error', { hasText: '请先改好' }).waitFor();
    await fits('5-backwards');
    await page.getByTestId('expert-to').fill('11:30');
    await page.keyboard.press('Enter');
    await save();
    await row().getByText('周一至周五 08:00–11:30').waitFor();
  });

  const offeredNow = async () => {
    const { page } = township;
    await page.goto(`${hub.url}/consultations/new`);
    await choose(page, 'specialty', wanted.specialty);
    await choose(page, 'expert-title', '副主任医师');
    // The other cardiologist is there in either case.
    await page.getByText('何静').first().waitFor();
    expect(await offered(page).count()).toBe(0);
    return (await page.getByTestId('expert').count()) > 1;
  };

  test('whoever is taken out is not offered any more, and is with one press', async () => {
    expect(await offeredNow()).toBe(true);
    await row().getByTestId('expert-take-out').click();
    const undo = admin.page.getByTestId('expert-undo');
    await undo.waitFor();
    await expect.poll(() => row().getAttribute('data-listed'), patience).toBe('false');
    expect(await offeredNow()).toBe(false);
    await row().getByTestId('expert-put-back').click();
    await expect.poll(() => row().getAttribute('data-listed'), patience).toBe('true');
    await row().getByTestId('expert-take-out').click();
    await undo.click();
    await expect.poll(() => row().getAttribute('data-listed'), patience).toBe('true');
    expect(await offeredNow()).toBe(true);
    expect([...admin.errors, ...township.errors]).toEqual([]);
  });
});
