import { spawnSync } from 'node:child_process';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { findChromium, keep, launch, oneStory, type Seat, sitDown } from './browser.ts';
import { chooseOrder } from './ecg-page.ts';
import { paperEcg } from './ecg-paper.ts';
import { ecgOrders, type OrderedEcg } from './ecg-recordings.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 300 };
const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };
const said = '心电图为 PDF 或照片';

const hasPdftotext = which('pdftotext') !== undefined;
if (!hasPdftotext) console.log('skipped: no pdftotext (poppler-utils), what the printed report says is not read back');

/** What a PDF says, or undefined where nothing here can read one. */
function textOfPdf(pdf: Buffer): string | undefined {
  if (!hasPdftotext) return undefined;
  return spawnSync('pdftotext', ['-', '-'], { input: pdf }).stdout.toString('utf8').replace(/\s+/g, '');
}

/** One story of a village without an interface to its recorder; its tests run in order. */
describe.skipIf(!chromiumPath)('an electrocardiogram on paper', () => {
  let hub: Hub;
  let browser: Browser;
  let village: Seat;
  let township: Seat;
  let reader: Seat;
  let files: Awaited<ReturnType<typeof paperEcg>>;
  let photographed: OrderedEcg;
  let printed: OrderedEcg;
  let scanned: OrderedEcg;
  const everyone = () => [village, township, reader];

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
    files = await paperEcg(browser);
    photographed = await (await ecgOrders(hub.url, '张桂芳', 'village01')).order('routine');
    const other = await ecgOrders(hub.url, '刘建军');
    [printed, scanned] = [await other.order('routine'), await other.order('routine')];
    [village, township, reader] = (await Promise.all(
      ['village01', 'township01', 'ecg02'].map((username) => sitDown(browser, hub.url, username)),
    )) as [Seat, Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg-picture', everyone));

  async function keepBoth(seat: Seat, step: string): Promise<void> {
    await keep(seat, `ecg-picture-${step}`);
    await seat.page.setViewportSize(phone);
    await seat.page.locator('.page, .ecg-desk, .ecg-trace-page').first().waitFor();
    await expect.poll(() => overflowOf(seat.page), { ...patience, message: step }).toEqual([]);
    await keep(seat, `ecg-picture-${step}-phone`);
    await seat.page.setViewportSize(desk);
  }
  /** Nothing of it can be measured: no curve, no tools, no numbers of a program. */
  async function expectNotMeasurable({ page }: Seat): Promise<void> {
    await page.locator('.lze-picture-trace').getByRole('alert').getByText('不可测量').waitFor(patience);
    for (const missing of [
      '.lze-root canvas',
      '.lze-toolbar',
      '[data-testid="ecg-panel"]',
      '[data-testid="ecg-scale"]',
    ])
      expect([missing, await page.locator(missing).count()]).toEqual([missing, 0]);
  }
  const isWhole = (picture: Locator) =>
    picture.evaluate((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth);

  /** Sends a picture on the upload page: it is said first what it cannot be. */
  async function send(seat: Seat, order: OrderedEcg, file: (typeof files)['photo']): Promise<void> {
    const { page } = seat;
    await chooseOrder(page, order);
    await page.getByTestId('ecg-file').setInputFiles(file);
    const warning = page.locator('.ant-modal-confirm');
    await warning.getByText('危急值也不会自动报警').waitFor();
    await warning.locator('.ant-btn-primary').click();
    await page.locator('[data-testid="ecg-answer"][data-state="picture"]').waitFor(patience);
  }

  /** Claims the only case that waits. */
  async function claim({ page }: Seat): Promise<void> {
    await page.goto(`${hub.url}/worklist`);
    await page.locator('[data-testid="case-row"][data-state="ready"]').first().waitFor(patience);
    await page.keyboard.press('n');
    await page.getByTestId('ecg-desk').waitFor(patience);
  }

  /** The signed report of an order, as its doctor sees and prints it. */
  async function expectReport({ page }: Seat, order: OrderedEcg, conclusion: string): Promise<void> {
    await page.goto(`${hub.url}/orders/${order.orderId}`);
    await page.getByTestId('report-sheet').getByText(conclusion).first().waitFor(patience);
    const link = page.getByTestId('report-pdf');
    await expect.poll(() => link.isEnabled(), patience).toBe(true);
    const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', hub.url).href);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    const text = textOfPdf(await answer.body());
    if (text !== undefined) expect(text).toContain(said.replace(/\s/g, ''));
  }

  test('a photograph is sent by the village, and said there to be no measurement and no alarm', async () => {
    await send(village, photographed, files.photo);
    await village.page.getByText('已作为图片保存').waitFor();
    expect(await village.page.getByTestId('ecg-guidance').count()).toBe(0);
    await expect.poll(() => isWhole(village.page.locator('.lze-picture-trace img')), patience).toBe(640);
    await expectNotMeasurable(village);
    await village.page.locator('[data-testid="trace-row"][data-state="picture"]').waitFor(patience);
    await keepBoth(village, '1-sent');
  });

  test('the reader sees it as a picture without numbers, and signs all the same', async () => {
    await claim(reader);
    const { page } = reader;
    await expect.poll(() => isWhole(page.locator('.lze-picture-trace img')), patience).toBe(640);
    await expectNotMeasurable(reader);
    await keepBoth(reader, '2-desk');
    await page.keyboard.press('n');
    expect(await page.getByTestId('impression').inputValue()).toBe('正常心电图');
    // Nothing was measured, so that nothing is found in the words of measurements.
    expect(await page.getByTestId('findings').inputValue()).toBe('');
    expect(await page.getByTestId('report-numbers').getAttribute('data-by')).toBe('nobody');
    for (const box of await page.getByTestId('report-numbers').locator('input.ant-input-number-input').all())
      expect(await box.inputValue()).toBe('');
    await page.getByTestId('findings').fill('照片清晰，窦性心律，未见明显 ST-T 改变。');
    await keepBoth(reader, '3-written');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-testid="done"][data-done="approved"]').waitFor(patience);
    await expectReport(village, photographed, '正常心电图');
    await keepBoth(village, '4-report');
  });

  test('a PDF of a recorder and a scan go the same way; the PDF opens as it came', async () => {
    await send(township, printed, files.pdf);
    await keepBoth(township, '5-pdf-sent');
    await claim(reader);
    await expectNotMeasurable(reader);
    await keepBoth(reader, '6-pdf-desk');
    const { page } = reader;
    const link = page.getByTestId('ecg-open-picture');
    const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', hub.url).href);
    expect((await answer.body()).equals(files.pdf.buffer)).toBe(true);
    await page.getByTestId('impression').fill('窦性心律，PDF 图阅读。');
    await page.getByTestId('findings').fill('PDF 图，节律规整。');
    await page.getByText('阴性', { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-testid="done"]').waitFor(patience);
    await keepBoth(reader, '7-pdf-signed');

    await send(township, scanned, files.scan);
    await expect.poll(() => isWhole(township.page.locator('.lze-picture-trace img')), patience).toBe(640);
    expect(everyone().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
