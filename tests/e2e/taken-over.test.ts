import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { openLine } from '../factories/line.ts';
import { caseToRead } from '../factories/line-work.ts';
import { findChromium, keep, launch, sitDown } from './browser.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();

describe.skipIf(!chromiumPath)('a case taken out of somebody’s hands', () => {
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

  test('leaves what he wrote on his screen, and says who has it, also when the other has signed', async () => {
    const { caseId } = await caseToRead(await openLine(hub.url));
    const first = await sitDown(browser, hub.url, 'radiologist01');
    const second = await sitDown(browser, hub.url, 'radiologist02');
    for (const { page } of [first, second]) await page.goto(`${hub.url}/worklist/${caseId}`);
    await first.page.getByTestId('claim').click();
    const mine = first.page.getByTestId('findings');
    const saved = first.page.locator('[data-testid="save-state"][data-state="saved"]');
    await mine.fill('双肺纹理清晰。');
    await saved.waitFor();

    await second.page.getByTestId('take-over').click();
    await second.page.locator('.ant-modal textarea').fill('去抢救病人，由我接着写');
    await second.page.locator('.ant-modal-footer .ant-btn-primary').click();
    await second.page.getByTestId('findings').fill('右肺上叶见结节影。');
    await second.page.getByTestId('impression').fill('右肺上叶结节。');
    const lost = first.page.getByTestId('lease-lost');
    await lost.getByText('去抢救病人，由我接着写').waitFor();
    await second.page.getByTestId('submit-report').click();
    await second.page.getByTestId('done').waitFor();

    await lost.getByText('待审核').waitFor();
    await lost.getByText('去抢救病人，由我接着写').waitFor();
    expect(await mine.inputValue()).toBe('双肺纹理清晰。');
    // All of it was at the hub when the hold went.
    expect(await saved.count()).toBe(1);
    await keep(first, 'taken-over');

    // In one hand, and in the longer words of English: what is done is read as a line, with the way on under it.
    await second.page.getByTestId('language').click();
    await second.page.setViewportSize({ width: 390, height: 844 });
    const said = second.page.getByTestId('done').locator('.ant-alert-title');
    await said.getByText('The report is submitted').waitFor();
    await expect.poll(() => said.evaluate((title) => title.clientWidth)).toBeGreaterThan(250);
    expect(await overflowOf(second.page)).toEqual([]);
    await keep(second, 'done-narrow');
    expect([...first.errors, ...second.errors]).toEqual([]);
  });
});
