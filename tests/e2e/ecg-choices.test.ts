import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import type { Recording, Trace } from '@lianzhen/ecg/trace.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { aecgOf, dicomOf, recordedNow } from '../factories/ecg-region.ts';
import { eventually, findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { launchForCalls } from './call.ts';
import { choose, offered } from './choose.ts';
import { untilTogether } from './consultation-page.ts';
import { openEcgRoom, recordFor } from './ecg-consultation.ts';
import { dragOn, drawnTrace } from './ecg-page.ts';
import { ecgOrders, type OrderedEcg } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 200 };

/** A recorder's file with three recordings: ten seconds of rhythm, a second rhythm, and the beat it made of them. */
function severalOf(trace: Trace): Trace {
  const [rest] = trace.recordings as [Recording];
  const part = (kind: Recording['kind'], label: string, startMs: number, samples: number): Recording => ({
    ...{ ...rest, kind, label, startMs },
    leads: rest.leads.map((lead) => ({ ...lead, samples: lead.samples.slice(0, samples) })),
  });
  return {
    ...trace,
    recordings: [part('median', 'MEDIAN BEAT', 0, 500), rest, part('rhythm', 'AFTER REST', 20_000, 3000)],
  };
}

/** One story of a patient who was recorded again and again; its tests run in order. */
describe.skipIf(!chromiumPath)('of several recordings one chooses', () => {
  let hub: Hub;
  let browser: Browser;
  let order: OrderedEcg;
  let asked: string;
  let reader: Seat;
  let doctor: Seat;
  let expert: Seat;
  const everyone = () => [reader, doctor, expert];

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launchForCalls(chromiumPath ?? '');
    const township = await ecgOrders(hub.url, '张桂芳');
    order = await township.order('routine');
    const { recorded, accessionNumber } = order;
    // One study with a recording and its repeat, and a third one from another machine.
    const study = { accessionNumber, studyInstanceUid: uidFrom(`study of ${order.orderId}`) };
    const recordedAt = (time: string): Trace => ({
      ...recordedNow({}, recorded),
      acquiredAt: `2026-03-01T${time}:00+08:00`,
    });
    for (const file of [
      dicomOf(severalOf(recordedAt('08:00')), study),
      dicomOf(recordedAt('08:07'), study),
      aecgOf(recordedAt('08:21')),
    ])
      await recordFor(hub.url, order, file);
    asked = await openEcgRoom(hub.url, township.doctor, order, 2);
    await eventually(async () => {
      const { rows } = await township.doctor.call(hubContract.ecg.list, { orderId: order.orderId });
      return rows.length === 3 && rows.every(({ state }) => state === 'read') ? true : undefined;
    });
    [reader, doctor, expert] = (await Promise.all(
      ['ecg01', 'township01', 'expert02'].map((username) => sitDown(browser, hub.url, username)),
    )) as [Seat, Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-choices', everyone));

  /** As the head of the picture says it; every time ends with the offset 08:00. */
  const at = (time: string) => `${time}:00+`;
  const headOf = (page: Page) => page.getByTestId('ecg-head').first().textContent();
  const layoutOn = (page: Page) => drawnTrace(page).getAttribute('data-layout');

  test('on the desk: among the traces of the case, and among the recordings of one file', async () => {
    const { page } = reader;
    await page.goto(`${hub.url}/worklist`);
    await page.locator('[data-testid="case-row"][data-state="ready"]').first().waitFor(patience);
    await page.keyboard.press('n');
    await drawnTrace(page).waitFor(patience);
    expect(await headOf(page)).toContain(at('08:21'));
    expect(await page.getByTestId('ecg-recordings').count()).toBe(0);
    expect(await choose(page, 'trace-choice', '08:00')).toHaveLength(3);
    await expect.poll(() => headOf(page), patience).toContain(at('08:00'));
    await page.getByTestId('ecg-recordings').waitFor(patience);
    await drawnTrace(page).waitFor(patience);

    // A caliper in the rhythm waits there while one looks at the beat.
    await page.keyboard.press('t');
    await dragOn(page, [0.3, 0.3], [0.4, 0.3]);
    await page.keyboard.press('Escape');
    const calipers = page.getByTestId('ecg-calipers').locator('li');
    await expect.poll(() => calipers.count(), patience).toBe(1);
    const laid = await calipers.textContent();
    const names = await choose(page, 'ecg-recordings', '中位波');
    expect(names.map((name) => name.replace(/^.*?· /, ''))).toEqual([
      '节律 · 10.0 s',
      '节律 · 6.0 s · AFTER REST',
      '中位波 · 1.0 s · MEDIAN BEAT',
    ]);
    await expect.poll(() => layoutOn(page), patience).toBe('12x1');
    expect(await calipers.count()).toBe(0);
    // One beat has no rate and no table of dashes.
    await expect.poll(() => page.getByTestId('ecg-numbers').count(), patience).toBe(0);
    // What is saved is about the first rhythm; the picture of a beat was filtered by who made it.
    expect(await page.getByTestId('ecg-save').count()).toBe(0);
    expect(await page.getByTestId('ecg-scale').textContent()).toContain('50 mm/s');
    await keep(reader, 'ecg-choices-1-beat');
    await choose(page, 'ecg-recordings', 'AFTER REST');
    await expect.poll(() => layoutOn(page), patience).toBe('3x4+rhythm');
    await keep(reader, 'ecg-choices-2-second');
    await choose(page, 'ecg-recordings', '10.0 s');
    await expect.poll(() => calipers.count(), patience).toBe(1);
    expect(await calipers.textContent()).toBe(laid);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => overflowOf(page), patience).toEqual([]);
    await keep(reader, 'ecg-choices-2-second-phone');
  });

  test('on the page of the request', async () => {
    const { page } = doctor;
    await page.goto(`${hub.url}/orders/${order.orderId}`);
    await expect.poll(() => page.getByTestId('order-trace').count(), patience).toBe(3);
    await page.goto(`${hub.url}/orders/${order.orderId}/images`);
    await drawnTrace(page).waitFor(patience);
    expect(await choose(page, 'trace-choice', '08:00')).toHaveLength(3);
    await page.getByTestId('ecg-recordings').waitFor(patience);
    expect(await choose(page, 'ecg-recordings', '中位波')).toHaveLength(3);
    await expect.poll(() => layoutOn(page), patience).toBe('12x1');
    await keep(doctor, 'ecg-choices-3-order');
  });

  test('in the room: among studies that are told apart, and among the traces of one; who follows sees the same', async () => {
    for (const { page } of [expert, doctor]) await page.goto(`${hub.url}/consultations/${asked}/room`);
    for (const seat of [expert, doctor]) await untilTogether(seat, 2);
    const { page } = expert;
    await page.getByTestId('take-lead').click();
    await page.getByTestId('shared-studies').click();
    await offered(page).first().waitFor();
    const studies = await offered(page).allTextContents();
    expect([studies.length, new Set(studies).size]).toEqual([2, 2]);
    await page.keyboard.press('Escape');
    const open = async (words: string): Promise<string | null> => {
      await choose(page, 'shared-studies', words);
      await drawnTrace(page).waitFor(patience);
      return headOf(page);
    };
    const heads: string[] = [];
    for (const words of studies) {
      const head = (await open(words)) ?? '';
      heads.push(head);
      await expect.poll(() => headOf(doctor.page), patience).toBe(head);
    }
    expect(heads.some((head) => head.includes(at('08:21')))).toBe(true);
    // The study with two traces: both can be chosen, and the choice goes over.
    const withTwo = studies[heads.findIndex((head) => !head.includes(at('08:21')))] ?? '';
    await open(withTwo);
    for (const time of ['08:00', '08:07']) {
      expect(await choose(page, 'shared-traces', time)).toHaveLength(2);
      for (const seat of [expert, doctor]) await expect.poll(() => headOf(seat.page), patience).toContain(at(time));
      // Who follows reads which one it is, and has nothing to choose.
      const name = doctor.page.getByTestId('shared-trace-name');
      await expect.poll(() => name.textContent(), patience).toContain(time);
      expect(await doctor.page.getByTestId('shared-traces').count()).toBe(0);
    }
    for (const seat of [expert, doctor]) {
      await drawnTrace(seat.page).waitFor(patience);
      await keep(seat, 'ecg-choices-4-room');
    }
    expect(everyone().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
