import { makeAdmin } from '@lianzhen/db/make-admin.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../docker/local/hub.ts';
import { missingTools, run } from '../peers/dimse-tools.ts';
import { findChromium, keep, launch, type Seat } from './browser.ts';

const chromiumPath = findChromium();
const next = 'Ein-neues-Kennwort-9';
const phone = { width: 390, height: 844 };
const hasEcho = missingTools('echoscu').length === 0;

describe.skipIf(!chromiumPath)('a store for patients, set up on the pages', () => {
  let hub: Hub;
  let browser: Browser;
  beforeAll(async () => {
    hub = await startHub({ demo: false });
    browser = await launch(chromiumPath ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  /** Somebody with a password for one log-in, in front of the pages. */
  async function enter(username: string, oneTime: string): Promise<Seat> {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(`${username}: ${error.message}`));
    await page.goto(hub.url);
    await page.getByTestId('username').fill(username);
    await page.getByTestId('password').fill(oneTime);
    await page.getByTestId('log-in').click();
    await page.getByTestId('new-password').fill(next);
    await page.getByTestId('repeat-password').fill(next);
    await page.getByTestId('log-in').click();
    await page.getByTestId('user-menu').waitFor();
    await page.getByTestId('nav-facilities').click();
    return { name: username, context, page, errors };
  }
  const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();
  const dialog = (page: Page) => page.locator('.ant-modal:visible');
  const save = (page: Page) => dialog(page).locator('.ant-modal-footer .ant-btn-primary').click();
  const gone = (page: Page) => dialog(page).waitFor({ state: 'detached' });
  const small = async (seat: Seat, step: string) => {
    await seat.page.setViewportSize(phone);
    await keep(seat, `${step}-phone`);
    await seat.page.setViewportSize({ width: 1366, height: 768 });
  };

  test('a county opens a centre, knows a machine and a system, and sets up a township that goes on alone', async () => {
    const wish = { facility: 'C01', name: '县人民医院', level: 'county', username: 'admin01' };
    const { password } = await makeAdmin(hub.databaseUrl, wish, new Date());
    const county = await enter('admin01', password ?? '');
    const { page } = county;

    await tab(page, '诊断中心');
    await page.getByText('还没有诊断中心').waitFor();
    await keep(county, 'setup-1-no-centre');
    await page.getByTestId('new-centre').click();
    await dialog(page).locator('.ant-select').first().click();
    await page.locator('.ant-select-item-option', { hasText: '影像' }).click();
    await keep(county, 'setup-2-new-centre');
    await save(page);
    await page.locator('[data-line="imaging"]').waitFor();
    await small(county, 'setup-3-centres');

    await tab(page, '会诊专家');
    await page.getByText('还没有会诊专家').waitFor();
    await page.getByTestId('new-expert').click();
    await page.getByTestId('expert-person').click();
    await page.getByText('没有可添加的人员').waitFor();
    await keep(county, 'setup-3-no-expert');
    await page.keyboard.press('Escape');
    await dialog(page)
      .getByRole('button', { name: /取\s?消/ })
      .click();
    await gone(page);

    await tab(page, '设备');
    await page.getByText('没有登记的设备').waitFor();
    await page.getByTestId('new-device').click();
    await dialog(page).getByLabel('AE 标题').fill('胸片机');
    await save(page);
    await dialog(page).getByText('请检查此项').waitFor();
    await keep(county, 'setup-4-wrong-title');
    await dialog(page).getByLabel('AE 标题').fill('COUNTY_CT');
    await dialog(page).getByLabel('名称').fill('64 排 CT');
    await dialog(page).getByLabel('设备类型').fill('ct');
    await save(page);
    await page.locator('[data-ae="COUNTY_CT"]').waitFor();
    await gone(page);
    if (hasEcho) {
      const to = ['-aec', 'LIANZHEN', '127.0.0.1', String(hub.ports.dimse)];
      expect((await run('echoscu', ['-aet', 'COUNTY_CT', ...to])).code).toBe(0);
      expect((await run('echoscu', ['-aet', 'NOBODY', ...to])).code).not.toBe(0);
    }
    await page.getByTestId('new-device').click();
    await dialog(page).getByLabel('AE 标题').fill('COUNTY_CT');
    await dialog(page).getByLabel('名称').fill('另一台');
    await save(page);
    await dialog(page).getByText('已被使用').waitFor();
    await keep(county, 'setup-5-title-taken');
    await dialog(page)
      .getByRole('button', { name: /取\s?消/ })
      .click();
    await small(county, 'setup-6-machines');

    await tab(page, '院内系统');
    await page.getByTestId('new-system').click();
    await dialog(page).getByLabel('发送应用').fill('HIS');
    await dialog(page).getByLabel('来源地址').fill('10.1.0.0/16');
    await page.keyboard.press('Enter');
    await keep(county, 'setup-7-new-system');
    await save(page);
    await page.getByText('10.1.0.0/16').first().waitFor();
    await gone(page);
    await small(county, 'setup-8-systems');

    await tab(page, '机构网络');
    await page.locator('[data-code="C01"]').getByTestId('new-facility').click();
    await dialog(page).getByLabel('机构编码').fill('t01');
    await dialog(page).getByLabel('名称', { exact: true }).fill('中心镇卫生院');
    await dialog(page).getByLabel('首位管理员的用户名').fill('admin01');
    await dialog(page).getByLabel('首位管理员姓名').fill('韩雪');
    await save(page);
    await dialog(page).getByText('已被使用').waitFor();
    await small(county, 'setup-9-name-taken');
    await dialog(page).getByLabel('首位管理员的用户名').fill('townadmin01');
    await save(page);
    const oneTime = (await page.getByTestId('one-time-password').textContent())?.trim() ?? '';
    expect(oneTime).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
    await page.locator('[class*="ant-zoom"][class*="-active"]').first().waitFor({ state: 'detached' });
    await keep(county, 'setup-10-one-time-password');
    await page.getByTestId('facility-done').click();
    await page.locator('[data-code="T01"]').waitFor();
    await small(county, 'setup-11-network');
    await page.getByText('English', { exact: true }).click();
    await page.getByText('Facilities and agreements').first().waitFor();
    await keep(county, 'setup-12-network-english');
    await page.locator('[data-code="T01"]').getByTestId('new-facility').click();
    await dialog(page).getByText('User name of the first administrator').waitFor();
    await page.locator('[class*="ant-zoom"][class*="-active"]').first().waitFor({ state: 'detached' });
    await keep(county, 'setup-13-new-facility-english');
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    // The usual name is proposed for the field of Chinese names, whichever language the page speaks.
    await tab(page, 'Centres');
    await page.getByTestId('new-centre').click();
    await dialog(page).locator('.ant-select').first().click();
    await page.locator('.ant-select-item-option', { hasText: 'ECG' }).click();
    await expect.poll(() => dialog(page).locator('#name').inputValue()).toBe('县人民医院心电诊断中心');
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await gone(page);
    await tab(page, 'Machines');
    await page.locator('[data-ae="COUNTY_CT"]').waitFor();
    await keep(county, 'setup-14-machines-english');

    const township = await enter('townadmin01', oneTime);
    await tab(township.page, '机构网络');
    await township.page.locator('[data-code="T01"]').waitFor();
    expect(await township.page.getByTestId('new-facility').count()).toBe(0);
    await tab(township.page, '设备');
    await township.page.getByText('没有登记的设备').waitFor();
    expect([...county.errors, ...township.errors]).toEqual([]);
  });
});
