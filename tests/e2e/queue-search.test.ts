import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, launch, sitDown } from './browser.ts';

const chromiumPath = findChromium();

describe.skipIf(!chromiumPath)('the search above the queue', () => {
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

  test('keeps the cursor once the address has followed, so that a letter typed later claims no case', async () => {
    const { page, errors } = await sitDown(browser, hub.url, 'radiologist01');
    await page.getByTestId('nav-worklist').click();
    await page.getByTestId('next-case').waitFor();
    const box = page.locator('.search-box input');
    const asked = (typed: string) => page.waitForURL((url) => url.searchParams.get('q') === typed);
    await box.click();
    await page.keyboard.type('zha');
    await asked('zha');
    await page.keyboard.type('n');
    await asked('zhan');
    expect(await box.inputValue()).toBe('zhan');

    await page.getByText('清除筛选').click();
    await page.waitForURL((url) => !url.searchParams.has('q'));
    await expect.poll(() => box.inputValue()).toBe('');
    expect(errors).toEqual([]);
  });
});
