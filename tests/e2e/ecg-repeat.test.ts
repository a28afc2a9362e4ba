import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { aecgOf, recordedNow } from '../factories/ecg-region.ts';
import { eventually, findChromium, keep, launch, oneStory, type Seat, sitDown } from './browser.ts';
import { recordFor } from './ecg-consultation.ts';
import { drawnTrace } from './ecg-page.ts';
import { ecgOrders, type OrderedEcg } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 200 };
const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };

/** One story, in order: of three recordings that are all good enough people say which repeats which. */
describe.skipIf(!chromiumPath)('a repeated recording', () => {
  let hub: Hub;
  let browser: Browser;
  let order: OrderedEcg;
  let technician: Seat;
  let reader: Seat;
  /** The recordings of the request, the earliest first. */
  let ids: string[];

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
    const [ours, others] = [await ecgOrders(hub.url, '张桂芳'), await ecgOrders(hub.url, '刘建军')];
    order = await ours.order('routine');
    const other = await others.order('routine');
    const recordedAt = (time: string, { recorded }: OrderedEcg) =>
      aecgOf({ ...recordedNow({}, recorded), acquiredAt: `2026-03-01T${time}:00+08:00` });
    for (const time of ['08:00', '08:07', '08:21']) await recordFor(hub.url, order, recordedAt(time, order));
    await recordFor(hub.url, other, recordedAt('08:05', other));
    const listed = (caller: typeof ours, { orderId }: OrderedEcg, count: number) =>
      eventually(async () => {
        const { rows } = await caller.doctor.call(hubContract.ecg.list, { orderId });
        return rows.length === count && rows.every(({ state }) => state === 'read') ? rows : undefined;
      });
    await listed(others, other, 1);
    const rows = await listed(ours, order, 3);
    ids = rows.toSorted((a, b) => (a.acquiredAt ?? '').localeCompare(b.acquiredAt ?? '')).map(({ id }) => id);
    [technician, reader] = (await Promise.all(
      ['tech01', 'ecg01'].map((username) => sitDown(browser, hub.url, username)),
    )) as [Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-repeat', () => [technician, reader]));

  const fits = async (seat: Seat, step: string) => {
    for (const viewport of [phone, desk]) {
      await seat.page.setViewportSize(viewport);
      await expect.poll(() => overflowOf(seat.page), { ...patience, message: step }).toEqual([]);
      await keep(seat, `ecg-repeat-${step}-${viewport.width}`);
    }
  };
  const link = ({ page }: Seat) => page.getByTestId('repeat-dialog').locator('.ant-btn-primary').click();

  test('the technician says which one, among the earlier ones of the same patient', async () => {
    const { page } = technician;
    await page.goto(`${hub.url}/ecg/${ids[1]}`);
    await drawnTrace(page).waitFor(patience);
    await page.getByTestId('mark-repeat').click();
    const choices = page.getByTestId('repeat-choice');
    await choices.first().waitFor();
    // Neither the later one nor the one of the other patient, which was recorded in between.
    expect(await choices.count()).toBe(1);
    expect(await page.getByTestId('repeat-dialog').textContent()).toMatch(/08:00/);
    await page.locator('label', { has: choices }).click();
    await fits(technician, '1-which');
    await link(technician);
    await page.getByTestId('replaces').waitFor();
    expect(await page.getByTestId('mark-repeat').count()).toBe(0);
    await fits(technician, '2-repeat');
    await page.getByTestId('replaces').click();
    await page.waitForURL(`**/ecg/${ids[0]}`);
    await page.getByTestId('replaced-by').waitFor();
    await fits(technician, '3-repeated');
  });

  test('whoever looks at the request sees it on both', async () => {
    const { page } = technician;
    await page.goto(`${hub.url}/orders/${order.orderId}`);
    const shown = (id: string | undefined, mark: string) =>
      page.locator(`[data-testid="order-trace"][data-trace-id="${id}"]`).getByTestId(mark);
    await shown(ids[0], 'replaced-by').waitFor();
    await shown(ids[1], 'replaces').waitFor();
    expect(await page.getByTestId('replaces').count()).toBe(1);
    await fits(technician, '4-order');
  });

  test('the reader says it at the desk, of the one that comes last', async () => {
    const { page } = reader;
    await page.goto(`${hub.url}/worklist`);
    const row = page.locator('[data-testid="case-row"][data-state="ready"]', { hasText: order.patient.name });
    await row.first().waitFor(patience);
    await row.first().click();
    await drawnTrace(page).waitFor(patience);
    const bar = page.locator('.ecg-bar');
    await page.getByTestId('mark-repeat').click();
    const choices = page.getByTestId('repeat-choice');
    await choices.first().waitFor();
    // The first one is repeated already.
    expect(await choices.count()).toBe(1);
    expect(await page.getByTestId('repeat-dialog').textContent()).toMatch(/08:07/);
    await page.locator('label', { has: choices }).click();
    await keep(reader, 'ecg-repeat-5-desk');
    await link(reader);
    await bar.getByText('重新采集的一份').waitFor();
    await fits(reader, '6-desk');
    await bar.getByText('重新采集的一份').click();
    await bar.getByText('已重新采集').waitFor();
    expect([...technician.errors, ...reader.errors]).toEqual([]);
  });
});
