import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, keep, launch, sitDown } from './browser.ts';

const chromiumPath = findChromium();
const next = 'Ein-neues-Kennwort-9';

describe.skipIf(!chromiumPath)('a forgotten password', () => {
  let hub: Hub;
  let browser: Browser;
  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const logIn = async (page: Page, username: string, password: string) => {
    await page.goto(hub.url);
    await page.getByTestId('username').fill(username);
    await page.getByTestId('password').fill(password);
    await page.getByTestId('log-in').click();
  };

  test('is reset on the page of accounts, and its owner chooses another at the door', async () => {
    const admin = await sitDown(browser, hub.url, 'countyadmin01');
    const reader = await sitDown(browser, hub.url, 'radiologist01');
    await admin.page.getByTestId('nav-identity').click();
    await admin.page.locator('[data-testid="account-row"][data-username="radiologist01"]').click();
    await admin.page.getByTestId('reset-password').click();
    await admin.page.locator('.ant-popconfirm').getByRole('button', { name: '重置密码' }).click();
    const oneTime = (await admin.page.getByTestId('one-time-password').textContent())?.trim() ?? '';
    expect(oneTime).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
    await keep(admin, '1-password-reset');

    // Where the reader was logged in, he is not any more.
    await reader.page.reload();
    await reader.page.getByTestId('username').waitFor();
    await logIn(reader.page, 'radiologist01', oneTime);
    await reader.page.getByTestId('new-password').fill(next);
    await reader.page.getByTestId('repeat-password').fill(`${next}0`);
    await reader.page.getByTestId('log-in').click();
    await reader.page.getByText('两次输入不一致').waitFor();
    await keep(reader, '2-new-password');
    await reader.page.getByTestId('repeat-password').fill(next);
    await reader.page.getByTestId('log-in').click();
    await reader.page.getByTestId('user-menu').waitFor();

    // The page of one's own account asks nothing more of who has just logged in.
    await reader.page.goto(`${hub.url}/account`);
    await reader.page.getByRole('button', { name: /^启\s?用$/ }).click();
    await reader.page.locator('canvas').waitFor();
    await keep(reader, '3-one-time-codes');
    expect([...admin.errors, ...reader.errors]).toEqual([]);
  });
});
