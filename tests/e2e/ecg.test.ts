import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { logIn } from '../factories/hub-client.ts';
import { acceptConsultation } from '../factories/open-consultation.ts';
import { missingTools } from '../peers/dimse-tools.ts';
import { eventually, findChromium, keep, launch, oneStory, type Seat, sitDown } from './browser.ts';
import { countedKeys, drawnTrace, sendEcg } from './ecg-page.ts';
import { aecgFile, dicomFile, ecgOrders, infarction, type OrderedEcg, scpFile } from './ecg-recordings.ts';
import { storescu } from './modality.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const lacks = missingTools('storescu');
const patience = { timeout: 60_000, interval: 300 };
const phone = { width: 390, height: 844 };
const desk = { width: 1366, height: 768 };

/** One story of a township and the county's ECG centre; its tests run in order. */
describe.skipIf(!chromiumPath || lacks.length > 0)('an electrocardiogram', () => {
  let hub: Hub;
  let browser: Browser;
  let orders: Awaited<ReturnType<typeof ecgOrders>>;
  let technician: Seat;
  let reader: Seat;
  let senior: Seat;
  let village: Seat;
  let emergency: OrderedEcg;
  let villageOrders: Awaited<ReturnType<typeof ecgOrders>>;
  const seats: Seat[] = [];
  const sit = async (username: string): Promise<Seat> => {
    const seat = await sitDown(browser, hub.url, username);
    seats.push(seat);
    return seat;
  };
  /** The same page on a desk and in a hand. */
  async function keepBoth(seat: Seat, step: string): Promise<void> {
    await keep(seat, `ecg-${step}`);
    await seat.page.setViewportSize(phone);
    await seat.page.waitForTimeout(300);
    expect({ step, overflow: await overflowOf(seat.page) }).toEqual({ step, overflow: [] });
    await keep(seat, `ecg-${step}-phone`);
    await seat.page.setViewportSize(desk);
  }
  const rowOf = (seat: Seat, state: string) => seat.page.locator(`[data-testid="case-row"][data-state="${state}"]`);

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launch(chromiumPath ?? '');
    orders = await ecgOrders(hub.url, '张桂芳');
    [technician, reader, senior] = (await Promise.all(['tech01', 'ecg01', 'ecg02'].map(sit))) as [Seat, Seat, Seat];
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('ecg', () => seats));

  test('a normal one is read and signed by one person with three keys', async () => {
    const order = await orders.order('routine');
    await technician.page.getByTestId('nav-ecg').click();
    await technician.page.getByTestId('choose-ecg').waitFor();
    await keepBoth(technician, '1-nothing-yet');
    await sendEcg(technician.page, hub.url, order, aecgFile(order));
    const { page } = technician;
    expect(await page.getByTestId('ecg-guidance').getAttribute('data-worst')).toBe('none');
    await page.locator('[data-testid="ecg-queue"][data-step="in-queue"]').waitFor({ timeout: 60_000 });
    await drawnTrace(page).waitFor();
    await keepBoth(technician, '2-sent');

    await senior.page.getByTestId('nav-worklist').click();
    await rowOf(senior, 'ready').first().waitFor(patience);
    await keepBoth(senior, '3-queue');
    const keys = countedKeys(senior.page);
    const began = Date.now();
    await keys.press('n');
    await drawnTrace(senior.page).waitFor(patience);
    await senior.page.getByTestId('report-numbers').waitFor();
    await keep(senior, 'ecg-4-desk');
    await keys.press('n');
    expect(await senior.page.getByTestId('impression').inputValue()).toBe('正常心电图');
    expect(await senior.page.getByTestId('findings').inputValue()).toMatch(/^心率 7\d 次\/分，PR 间期 \d+ ms/);
    await keepBoth(senior, '5-normal');
    await keys.press('Control+Enter');
    await senior.page.locator('[data-testid="done"][data-done="approved"]').waitFor(patience);
    console.log(`a normal ECG: ${keys.pressed.join(', ')}; ${Date.now() - began} ms with pictures taken`);
    expect(keys.pressed).toEqual(['n', 'n', 'Control+Enter']);
    await page.locator('[data-testid="ecg-queue"][data-step="reported"]').waitFor({ timeout: 60_000 });
    await page.goto(`${hub.url}/ecg?order=${order.orderId}`);
    await page.getByTestId('ecg-order').getByText(order.number).waitFor();
  });

  test('a bad one is said to be bad while the patient lies there, and recorded again', async () => {
    const { page } = technician;
    const order = await orders.order('routine');
    const bad = await sendEcg(page, hub.url, order, aecgFile(order, { leadsOff: ['V3', 'V4'] }));
    await page.locator('[data-testid="ecg-guidance"][data-worst="bad"]').getByText('V3、V4').waitFor();
    await keepBoth(technician, '2b-bad');
    await page.getByTestId('ecg-repeat').click();
    await page.getByText('新的一份将代替上一份').waitFor();
    // However soon one repeats, it is for the same request.
    expect(new URL(page.url()).searchParams.get('order')).toBe(order.orderId);
    // The first attempt is lost on its way; it comes again by itself.
    let attempts = 0;
    await page.route('**/api/ecg/traces?*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      attempts += 1;
      return attempts === 1 ? route.abort() : route.continue();
    });
    await page.getByTestId('ecg-file').setInputFiles(aecgFile(order));
    await page.locator('[data-testid="ecg-sending"][data-phase="waiting"]').waitFor(patience);
    await page.locator('[data-testid="ecg-guidance"][data-worst="none"]').waitFor(patience);
    expect(attempts).toBe(2);
    await page.unroute('**/api/ecg/traces?*');
    const old = page.locator(`[data-testid="trace-row"][data-trace-id="${bad}"]`);
    await old.getByText('已重采').waitFor(patience);
    await keepBoth(technician, '2c-again');
    await page.getByTestId('ecg-file').setInputFiles({ ...aecgFile(order), buffer: Buffer.from('<b>no ECG</b>') });
    await page.getByTestId('ecg-refused').waitFor(patience);
    await keepBoth(technician, '2d-refused');
    await page.getByTestId('choose-photo').click();
    await page.getByText('照片和 PDF 没有波形数据').waitFor();
    await page.waitForTimeout(400);
    await keep(technician, 'ecg-2e-photo');
    await page.keyboard.press('Escape');
    await old.click();
    await drawnTrace(page).waitFor(patience);
    await page.getByTestId('trace-about').click();
    await page.getByTestId('green-channel').waitFor(patience);
    await keepBoth(technician, '2f-trace');
    await page.goto(`${hub.url}/orders/${order.orderId}/images`);
    await drawnTrace(page).waitFor(patience);
    await keepBoth(technician, '2g-images');
    await page.goto(`${hub.url}/ecg`);
    // Out of the way of the story that follows.
    await senior.page.goto(`${hub.url}/worklist`);
    await rowOf(senior, 'ready').first().waitFor(patience);
    await senior.page.keyboard.press('n');
    await drawnTrace(senior.page).waitFor(patience);
    await senior.page.getByTestId('report-numbers').waitFor();
    await senior.page.keyboard.press('n');
    await senior.page.keyboard.press('Control+Enter');
    await senior.page.locator('[data-testid="done"][data-done="approved"]').waitFor(patience);
  });

  test('an infarction rings at the county, and who takes it with one key is told to tell the sender', async () => {
    village = await sit('village01');
    villageOrders = await ecgOrders(hub.url, '张桂芳', 'village01');
    emergency = await villageOrders.order('emergency');
    await reader.page.getByTestId('nav-home').click();
    await sendEcg(village.page, hub.url, emergency, aecgFile(emergency, infarction));
    const bar = reader.page.getByTestId('alarm-bar');
    // Where the alarm says that the electrodes stay on, nothing beside it says that they may come off.
    await village.page.getByTestId('ecg-guidance').getByText('请先不要取下电极').waitFor(patience);
    await reader.page.locator('[data-testid="alarm"][data-state="raised"]').waitFor(patience);
    expect(await bar.getAttribute('data-ringing')).toBe('true');
    expect(await bar.getAttribute('data-sound')).toBe('on');
    await expect.poll(() => reader.page.title(), patience).toContain('危急心电');
    await expect.poll(() => reader.page.title(), patience).toBe('联诊');
    await keepBoth(reader, '6-alarm');
    await village.page.getByTestId('own-alarm').waitFor(patience);
    await keepBoth(village, '7-own-alarm');

    // By its patient's name once it has found its request: before that there is a trace to open and no case.
    await reader.page.getByTestId('alarm').getByText('张桂芳').waitFor(patience);
    const keys = countedKeys(reader.page);
    await keys.press('F9');
    await drawnTrace(reader.page).waitFor(patience);
    expect(await reader.page.getByTestId('case-state').getAttribute('data-state')).toBe('reading');
    expect(await bar.getAttribute('data-ringing')).toBe('false');
    await expect
      .poll(() => reader.page.getByTestId('call-back').evaluate((box) => box === document.activeElement))
      .toBe(true);
    await keepBoth(reader, '8-call-back');
    await reader.page.keyboard.type('请立即转运。');
    await keys.press('Control+Enter');
    await reader.page.locator('[data-testid="alarm"][data-state="told"]').waitFor(patience);

    await village.page.getByTestId('told-text').getByText('。请立即转运。').waitFor(patience);
    await keepBoth(village, '9-told');
    await village.page.getByTestId('read-back').fill('立即转运至县医院，已通知家属');
    await village.page.keyboard.press('Enter');
    await village.page.locator('[data-testid="own-alarm"][data-state="confirmed"]').waitFor(patience);
    await reader.page.locator('[data-testid="alarm"][data-state="confirmed"]').waitFor(patience);
  });

  test('the room is one key away, at the reader’s and at the sender’s', async () => {
    const caseId = new URL(reader.page.url()).pathname.split('/').at(-1) ?? '';
    await reader.page.keyboard.press('F8');
    await reader.page.getByTestId('send-consultation').waitFor(patience);
    await keepBoth(reader, '10-consultation');
    await reader.page.getByTestId('send-consultation').click();
    await reader.page.getByTestId('consultation-state').waitFor(patience);
    const id = new URL(reader.page.url()).pathname.split('/').at(-1) ?? '';
    await acceptConsultation({ id, expert: await logIn(hub.url, 'expert02') });
    await village.page.getByTestId('alarm-room').waitFor(patience);
    await village.page.keyboard.press('F8');
    await village.page.waitForURL(`**/consultations/${id}/room`);
    await village.page.locator('[data-testid="room"], [data-testid="room-phase"]').first().waitFor(patience);
    await keep(village, 'ecg-10-room');
    await village.page.goto(hub.url);
    await reader.page.goto(`${hub.url}/worklist/${caseId}`);
    await drawnTrace(reader.page).waitFor(patience);
    await reader.page.getByTestId('ecg-form').waitFor(patience);
  });

  test('it is read by keyboard, signed by two, and delivered', async () => {
    const { page } = reader;
    const keys = countedKeys(page);
    await keys.press('Escape', 'n');
    expect(await page.getByTestId('impression').inputValue()).toBe('');
    await keys.press('/');
    await page.keyboard.type('下壁');
    await keep(reader, 'ecg-10b-search');
    await keys.press('Enter', 'Escape', 'Space');
    await keepBoth(reader, '11-sentence-keys');
    await keys.press('s', 'Escape');
    expect(await page.getByTestId('impression').inputValue()).toMatch(/^1\. .*下壁心肌梗死\n2\. 窦性心律$/);
    expect(await page.getByTestId('critical').isChecked()).toBe(true);
    // In a text every letter is a letter.
    await page.getByTestId('findings').focus();
    await keys.press('End', 'n', ' ', 's', 'Backspace', 'Backspace', 'Backspace', 'Escape');
    expect(await page.getByTestId('said').count()).toBe(2);
    await keep(reader, 'ecg-12-written');
    await keys.press('Control+Enter');
    await page.locator('[data-testid="done"][data-done="submitted"]').waitFor(patience);

    await senior.page.goto(`${hub.url}/worklist`);
    await rowOf(senior, 'submitted').first().waitFor(patience);
    await senior.page.keyboard.press('n');
    await drawnTrace(senior.page).waitFor(patience);
    await keepBoth(senior, '13-review');
    await senior.page.keyboard.press('Control+Enter');
    await senior.page.locator('[data-testid="done"][data-done="approved"]').waitFor(patience);
    const { orderId } = emergency;
    await village.page.goto(`${hub.url}/orders/${orderId}`);
    await village.page.getByTestId('result').waitFor({ timeout: 60_000 });
    await village.page.getByTestId('green-channel').waitFor();
    await keepBoth(village, '14-order');
    const states = await eventually(async () => {
      const rows = await villageOrders.doctor
        .fetch(`/api/deliveries?orderId=${orderId}`)
        .then((answer) => answer.json() as Promise<{ rows: { state: string; facility: { code: string } }[] }>);
      const told = rows.rows.map((one) => `${one.facility.code} ${one.state}`).sort();
      return told.length >= 2 && told.every((one) => one.endsWith('accepted')) ? told : undefined;
    });
    expect(states).toContain('V01 accepted');
    const decided = village.page.locator('[data-step="decidedAt"]');
    await expect.poll(() => decided.getAttribute('data-at'), patience).not.toBe('');
  });

  test('a trace over DIMSE is compared on screen with one of another format', async () => {
    const other = await ecgOrders(hub.url, '刘建军');
    const [before, now] = [await other.order('routine'), await other.order('routine')] as [OrderedEcg, OrderedEcg];
    await sendEcg(technician.page, hub.url, before, scpFile({ heartRate: 62 }));
    storescu(hub.ports.dimse, 'T01_DR', [dicomFile(now, { heartRate: 96 })]);
    await senior.page.goto(`${hub.url}/worklist`);
    const rows = rowOf(senior, 'ready');
    await expect.poll(() => rows.count(), patience).toBe(2);
    const caseId = await eventually(async () => {
      const answer = await senior.page.request.get(`${hub.url}/api/worklist?q=${now.number}`);
      return ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id;
    });
    await senior.page.locator(`[data-case-id="${caseId}"]`).getByTestId('claim').click();
    await drawnTrace(senior.page).waitFor(patience);
    await senior.page.getByTestId('earlier-choice').getByText('SCP-ECG').waitFor(patience);
    await senior.page.keyboard.press('e');
    const table = senior.page.getByTestId('ecg-differences');
    await table.waitFor(patience);
    expect(await table.textContent()).toMatch(/62.*96/s);
    expect(await senior.page.getByTestId('comparison-proposal').textContent()).toContain('心率由 62 增至 96');
    await senior.page.keyboard.press('F4');
    expect(await senior.page.getByTestId('ecg-comparison').inputValue()).toContain('心率由 62 增至 96');
    await keepBoth(senior, '15-compared');
    await senior.page.keyboard.press('k');
    await senior.page.waitForTimeout(500);
    await senior.page.keyboard.press('k');
    await keep(senior, 'ecg-16-beside');
    await senior.page.getByTestId('statement-search').focus();
    await senior.page.getByTestId('new-statement').click();
    await senior.page.getByTestId('statement-code').fill('OURS');
    await senior.page.getByTestId('statement-zh').fill('<i>本中心的语句</i>');
    await senior.page.getByTestId('statement-en').fill('A sentence of ours');
    await keep(senior, 'ecg-16b-statement');
    await senior.page.locator('.ant-modal-footer .ant-btn-primary').click();
    await senior.page.locator('.ant-modal-wrap').waitFor({ state: 'hidden' });
    await senior.page.getByTestId('statement-search').fill('OURS');
    await senior.page.locator('[data-code="OURS"]').waitFor(patience);
    await senior.page.getByTestId('statement-search').press('Enter');
    expect(await senior.page.getByTestId('impression').inputValue()).toBe('<i>本中心的语句</i>');
    await senior.page.getByTestId('statement-search').press('Escape');
    for (const seat of [senior, technician]) await seat.page.getByText('English').click();
    await technician.page.goto(`${hub.url}/ecg`);
    await technician.page.getByTestId('trace-row').first().waitFor();
    await keepBoth(technician, '17-english');
    await senior.page.getByTestId('ecg-form').waitFor();
    await keepBoth(senior, '17-english');
    expect(seats.flatMap((seat) => seat.errors)).toEqual([]);
  });
});
