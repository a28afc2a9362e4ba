import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { machine } from '../factories/hub-client.ts';
import { imagesOf, type Line, openLine, orderOf } from '../factories/line.ts';
import { caseToRead } from '../factories/line-work.ts';
import { stowDoor } from '../factories/modality.ts';
import { findChromium, keep, launch, sitDown } from './browser.ts';

const chromiumPath = findChromium();
const studyInstanceUid = '2.25.31415926535';
/** Upright through the middle of the body, looking from the patient's left; the flat slices lie 2.5 mm apart from z = 0 up. */
const upright = {
  '00200032': { vr: 'DS', Value: [0, -175, 180] },
  '00200037': { vr: 'DS', Value: [0, 1, 0, 0, 0, -1] },
  '0008103E': { vr: 'LO', Value: ['矢状位'] },
};

describe.skipIf(!chromiumPath)('images on the desk', () => {
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

  test('of series that lie across each other show where one cuts the other, and the line moves as one leafs', async () => {
    const caseId = await caseOfTwoSeries(await openLine(hub.url));
    const seat = await sitDown(browser, hub.url, 'radiologist01');
    const { page } = seat;
    await page.goto(`${hub.url}/worklist/${caseId}`);
    await page.locator('[data-testid="viewer"][data-rendered="true"]').waitFor();
    await expect.poll(() => page.locator('.lzv-series').count()).toBe(2);
    expect(await page.getByTestId('crossing').count()).toBe(0);

    await page.keyboard.press('Shift+2');
    const line = page.getByTestId('tile-1').getByTestId('crossing');
    await line.waitFor({ state: 'attached' });
    const [first, width] = await Promise.all([ends(page), tileWidth(page)]);
    // The flat slice is level in the upright one, and covers all of it from front to back.
    expect(first.y1).toBeCloseTo(first.y2, 3);
    expect(Math.abs(first.x2 - first.x1)).toBeGreaterThan(0.5 * Math.min(width.width, width.height));
    await keep(seat, 'crossing-slices');

    await page.keyboard.press('End');
    // Seven and a half millimetres further up, in a picture of 350 mm that fills the tile.
    await expect.poll(async () => (await ends(page)).y1).toBeLessThan(first.y1);
    const moved = await ends(page);
    expect((first.y1 - moved.y1) / Math.abs(first.x2 - first.x1)).toBeCloseTo(7.5 / 350, 3);

    await page.keyboard.press('x');
    await expect.poll(() => page.getByTestId('crossing').count()).toBe(0);
    await page.locator('[data-command="lines.toggle"]').click();
    await line.waitFor({ state: 'attached' });
    await page.keyboard.press('t');
    await page.getByTestId('tile-0').getByTestId('crossing').waitFor({ state: 'attached' });
    expect(await line.count()).toBe(0);
    expect(seat.errors).toEqual([]);
  });

  test('keep what was measured on them, for their reader and for whoever looks after him', async () => {
    const { caseId } = await caseToRead(await openLine(hub.url));
    const writer = await sitDown(browser, hub.url, 'radiologist01');
    const second = await sitDown(browser, hub.url, 'radiologist02');
    const open = async (page: Page) => {
      await page.goto(`${hub.url}/worklist/${caseId}`);
      await page.locator('[data-testid="viewer"][data-rendered="true"]').waitFor();
    };
    const marks = (page: Page) => page.locator('[data-measurement="length"]');
    await open(writer.page);
    await writer.page.getByTestId('claim').click();
    await writer.page.getByTestId('findings').waitFor();
    await writer.page.locator('[data-command="tool.length"]').click();
    const placed = writer.page.waitForResponse((answer) => answer.url().includes('/marks/') && answer.ok());
    const tile = await writer.page.getByTestId('tile-0').boundingBox();
    const [x, y] = [(tile?.x ?? 0) + 200, (tile?.y ?? 0) + 250];
    await writer.page.mouse.move(x, y);
    await writer.page.mouse.down();
    await writer.page.mouse.move(x + 90, y, { steps: 4 });
    await writer.page.mouse.up();
    await placed;
    const said = await marks(writer.page).textContent();
    expect(said).toContain('mm');

    await open(writer.page);
    await expect.poll(() => marks(writer.page).textContent()).toBe(said);
    await open(second.page);
    await expect.poll(() => marks(second.page).textContent()).toContain('陈雨桐');
    await keep(second, 'measured');

    const removed = writer.page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.ok());
    await writer.page.locator('[data-command="tool.length"]').click();
    await writer.page.mouse.click(x + 45, y);
    await writer.page.locator('[data-command="measurement.remove"]').click();
    await removed;
    await open(second.page);
    await second.page.getByTestId('claim').or(second.page.getByTestId('take-over')).waitFor();
    await expect.poll(() => marks(second.page).count()).toBe(0);
    expect([...writer.errors, ...second.errors]).toEqual([]);
  });
});

async function caseOfTwoSeries(line: Line): Promise<string> {
  const order = await line.doctor.call(hubContract.orders.send, orderOf(line));
  const accessionNumber = order.exams[0]?.accessionNumber ?? '';
  const flat = imagesOf(line, accessionNumber, { instances: 4, seed: 1, studyInstanceUid });
  const across = imagesOf(line, accessionNumber, { instances: 1, seed: 2, studyInstanceUid, attributes: upright });
  await stowDoor(machine(line.url, 'demo-device-T01'))([...flat, ...across], () => undefined);
  await expect
    .poll(async () => (await line.reader.call(hubContract.worklist.read, { id: order.caseId })).state, {
      timeout: 30_000,
    })
    .toBe('ready');
  return order.caseId;
}

const tileWidth = (page: Page) =>
  page.getByTestId('tile-1').evaluate((tile) => ({ width: tile.clientWidth, height: tile.clientHeight }));

const ends = (page: Page) =>
  page.getByTestId('crossing').evaluate((line) => {
    const at = (name: string) => Number(line.getAttribute(name));
    return { x1: at('x1'), y1: at('y1'), x2: at('x2'), y2: at('y2') };
  });
