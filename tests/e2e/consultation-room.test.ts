import { AxeBuilder } from '@axe-core/playwright';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { openLine } from '../factories/line.ts';
import { caseToRead } from '../factories/line-work.ts';
import { type AskedConsultation, askConsultation } from '../factories/open-consultation.ts';
import { findChromium, keep, oneStory, type Seat, sitDown } from './browser.ts';
import { keepConnections, launchForCalls, untilReceiving } from './call.ts';
import { inviteGuest, openStudy, say, untilTogether, withoutDepthCamera } from './consultation-page.ts';
import { overflowOf } from './overflow.ts';

const chromiumPath = findChromium();
const patience = { timeout: 60_000, interval: 300 };
const phone = { width: 390, height: 844 };
const letter = Buffer.from('%PDF-1.4\n% 出院小结\n%%EOF\n');

/** One story of a doctor, an expert and a relative on the phone; its tests run in order. */
describe.skipIf(!chromiumPath)('in the room', () => {
  let hub: Hub;
  let browser: Browser;
  let asked: AskedConsultation;
  let doctor: Seat;
  let expert: Seat;
  let guest: Seat;
  const everyone = () => [doctor, expert, guest].filter(Boolean);

  beforeAll(async () => {
    hub = await startDemoHub();
    browser = await launchForCalls(chromiumPath ?? '', [
      // A camera for the face, one for what is examined, and the first screen that is offered.
      '--use-fake-device-for-media-stream=device-count=3,fps=5',
      '--auto-select-desktop-capture-source=Entire screen',
    ]);
    const line = await openLine(hub.url);
    const { orderId } = await caseToRead(line);
    asked = await askConsultation(line, orderId);
    [doctor, expert] = (await Promise.all(
      ['township01', 'expert01'].map(async (username) => {
        const seat = await sitDown(browser, hub.url, username);
        await keepConnections(seat.context);
        await seat.context.addInitScript(withoutDepthCamera);
        return seat;
      }),
    )) as [Seat, Seat];
    for (const { page } of [doctor, expert]) await page.goto(`${hub.url}/consultations/${asked.id}`);
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });
  beforeEach(oneStory('room', everyone));
  const dialogAct = (seat: Seat) => seat.page.locator('.ant-modal:visible .ant-modal-footer .ant-btn-primary');
  const tileOf = (seat: Seat, name: string) => seat.page.getByTestId('tile').filter({ hasText: name });
  /** Chooses in the menu of somebody's tile. */
  async function actOn(seat: Seat, name: string, act: string): Promise<void> {
    await tileOf(seat, name).locator('.room-tile-more').click();
    await seat.page.locator('.ant-dropdown:visible').getByText(act).click();
  }

  test('more material is asked for once, and supplied', async () => {
    await expert.page.getByTestId('ask-supplement').click();
    await expert.page.locator('.ant-modal:visible textarea').fill('请补充肿瘤标志物结果');
    await dialogAct(expert).click();
    await doctor.page.getByRole('button', { name: '去补充' }).click();
    await doctor.page.getByTestId('supplement-text').fill('CEA 2.1 ng/mL，CYFRA21-1 1.8 ng/mL，均正常。');
    await keep(doctor, 'room-1-supplement-asked');
    await doctor.page.getByTestId('send-supplement').click();
    await expert.page.getByText('CYFRA21-1 1.8').waitFor();
    await expert.page.getByTestId('propose-time').waitFor();
    expect(await expert.page.getByTestId('ask-supplement').count()).toBe(0);
  });

  test('another time is proposed and agreed to; shortly before it the room is open', async () => {
    await expert.page.getByTestId('propose-time').click();
    const at = new Date(Date.now() + 10 * 60_000);
    const said = at.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);
    await expert.page.getByTestId('proposed-at').fill(said);
    await expert.page.keyboard.press('Enter');
    await expert.page.locator('.ant-modal:visible textarea').fill('手术后即可参加');
    await keep(expert, 'room-2-propose-time');
    await dialogAct(expert).click();
    await doctor.page.getByTestId('agree-time').waitFor();
    await keep(doctor, 'room-3-time-proposed');
    await doctor.page.getByTestId('agree-time').click();
    for (const { page } of [doctor, expert]) await page.getByTestId('join').waitFor();
  });

  test('a relative comes in on the phone with number and code, from the lobby', async () => {
    const { number, code } = await inviteGuest(doctor.page, '张伟', '儿子');
    await keep(doctor, 'room-4-guest-invited');
    // On a phone too, the one press that leads in is in sight.
    await doctor.page.setViewportSize(phone);
    await doctor.page.evaluate(() => scrollTo(0, 0));
    const { y = phone.height, height = 0 } = (await doctor.page.getByTestId('join').boundingBox()) ?? {};
    expect(y + height).toBeLessThan(phone.height);
    for (const { page } of [doctor, expert]) await page.getByTestId('join').click();
    for (const seat of [doctor, expert]) await untilTogether(seat, 2);
    await keep(doctor, 'room-4-in-on-a-phone');
    await doctor.page.setViewportSize({ width: 1366, height: 768 });
    const context = await browser.newContext({ viewport: phone, locale: 'zh-CN', hasTouch: true, isMobile: true });
    await keepConnections(context);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    guest = { name: 'guest', context, page, errors: [] };
    page.on('pageerror', (error) => guest.errors.push(`guest: ${error.message}`));
    await page.goto(`${hub.url}/guest`);
    await page.getByTestId('guest-number').fill(number);
    await page.getByTestId('guest-code').fill(code);
    await keep(guest, 'room-5-entrance');
    expect(await overflowOf(page)).toEqual([]);
    await page.getByTestId('guest-enter').click();
    await page.locator('[data-testid="room-phase"][data-phase="lobby"]').waitFor();
    expect(await overflowOf(page)).toEqual([]);
    await keep(expert, 'room-6-waiting');
    await expert.page.getByTestId('admit').click();
    for (const seat of everyone()) await untilTogether(seat, 3);
    await untilReceiving(page, 'audio', 2);
    expect(await overflowOf(page)).toEqual([]);
    await keep(guest, 'room-7-room');
  });

  test('the camera of an examination and a screen come forward on the others’ pages', async () => {
    const second = (seat: Seat, source: string) =>
      seat.page.locator(`[data-testid="second-picture"][data-source="${source}"] video`);
    const hasPicture = (seat: Seat, source: string) =>
      second(seat, source).evaluate((video) => (video as HTMLVideoElement).videoWidth > 0);
    await doctor.page.getByTestId('examination').click();
    for (const seat of [expert, guest]) await expect.poll(() => hasPicture(seat, 'examination'), patience).toBe(true);
    await doctor.page.getByTestId('own-examination').waitFor();
    await keep(doctor, 'room-8-examination');
    await keep(expert, 'room-8-examination');
    await keep(guest, 'room-8-examination');
    await doctor.page.getByTestId('examination').click();
    await second(expert, 'examination').waitFor({ state: 'detached' });

    await expert.page.getByTestId('screen').click();
    for (const seat of [doctor, guest]) await expect.poll(() => hasPicture(seat, 'screen'), patience).toBe(true);
    await keep(doctor, 'room-9-screen');
    await expert.page.getByTestId('screen').click();
    await second(doctor, 'screen').waitFor({ state: 'detached' });
  });

  test('a hand is raised, and somebody is asked to be silent', async () => {
    await guest.page.getByTestId('hand').click();
    await tileOf(expert, '张伟').locator('.room-hand').waitFor();
    await actOn(expert, '张伟', '请他静音');
    await guest.page.getByText('请您静音').waitFor();
    await keep(guest, 'room-10-asked-to-mute');
    expect(await overflowOf(guest.page)).toEqual([]);
    await guest.page.locator('.room-notes').getByRole('button', { name: '静音' }).click();
    await tileOf(expert, '张伟').locator('.room-muted').waitFor();
    await keep(expert, 'room-11-hand-and-mute');
  });

  test('everyone sees at which step somebody is, and why', async () => {
    await doctor.page.getByTestId('room-settings').click();
    await doctor.page.getByText('仅语音').click();
    const step = tileOf(expert, '李文军').getByTestId('step');
    await expect.poll(() => step.textContent(), patience).toContain('仅语音');
    await doctor.page.keyboard.press('Escape');
    await keep(expert, 'room-12-step');
    await keep(doctor, 'room-12-step');
    await doctor.page.getByTestId('room-settings').click();
    await doctor.page.getByText('自动（随网络调整）').click();
    await step.waitFor({ state: 'detached' });
    await doctor.page.keyboard.press('Escape');
  });

  test('a camera that is unplugged is replaced, and that is said', async () => {
    await doctor.page
      .locator('video.own-picture')
      .evaluate((video) =>
        ((video as HTMLVideoElement).srcObject as MediaStream).getVideoTracks()[0]?.dispatchEvent(new Event('ended')),
      );
    await doctor.page.getByText('摄像头已断开，已换用').waitFor();
    await keep(doctor, 'room-13-camera-replaced');
    await untilReceiving(expert.page, 'video', 1);
  });

  test('a loudspeaker that is unplugged is replaced by the usual one, and that is said', async () => {
    const sinks = () =>
      expert.page.evaluate(() => [...document.querySelectorAll('audio')].map((audio) => audio.sinkId !== ''));
    await expert.page.getByTestId('room-settings').click();
    await expert.page.getByTestId('choose-loudspeaker').click();
    await expert.page.locator('.ant-select-dropdown:visible .ant-select-item-option').last().click();
    // The list of devices takes the first Escape.
    await expert.page.locator('.ant-drawer-close').click();
    await expect.poll(sinks, patience).toEqual([true, true]);
    await expert.page.evaluate(() => {
      const { mediaDevices } = navigator;
      const all = mediaDevices.enumerateDevices.bind(mediaDevices);
      const chosen = document.querySelector('audio')?.sinkId;
      mediaDevices.enumerateDevices = async () => (await all()).filter(({ deviceId }) => deviceId !== chosen);
      mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await expert.page.getByText('扬声器已断开，已换用').waitFor();
    await expect.poll(sinks, patience).toEqual([false, false]);
    await keep(expert, 'room-13-loudspeaker-replaced');
  });

  test('a file stands in the chat of everyone, and is fetched on the phone', async () => {
    await doctor.page
      .getByTestId('chat-file-input')
      .setInputFiles({ name: '出院小结.pdf', mimeType: 'application/pdf', buffer: letter });
    await doctor.page.getByTestId('chat-picked').waitFor();
    await keep(doctor, 'room-14-file-chosen');
    await say(doctor, '上次住院的小结');
    await expert.page.getByTestId('chat-file').waitFor();
    await expect.poll(() => guest.page.getByTestId('unread').textContent()).toBe('1');
    await keep(guest, 'room-14-unread');
    await guest.page.locator('.ant-segmented-item').filter({ hasText: '聊天' }).click();
    const fetched = guest.page.waitForEvent('download');
    await guest.page.getByTestId('chat-file').click();
    expect((await fetched).suggestedFilename()).toBe('出院小结.pdf');
    await keep(guest, 'room-15-file');
    expect(await overflowOf(guest.page)).toEqual([]);

    const program = { name: '报告.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ\u0000\u0001') };
    await guest.page.getByTestId('chat-file-input').setInputFiles(program);
    await guest.page.getByTestId('chat-send').click();
    await guest.page.locator('[data-testid="chat-upload"][data-failed="unsupported-media-type"]').waitFor();
    await keep(guest, 'room-16-file-refused');
    expect(await expert.page.getByTestId('chat-file').count()).toBe(1);
  });

  test('before a locked door one is told so; who is removed learns why', async () => {
    const { number, code } = await asked.doctor.call(hubContract.consultation.inviteGuest, {
      ...{ id: asked.id, name: '王芳', relation: '女儿', role: 'guest' },
    });
    await expert.page.getByTestId('room-settings').click();
    await expert.page.getByTestId('lock').click();
    await doctor.page.getByText('已锁门').waitFor();
    await expert.page.keyboard.press('Escape');
    const late = await guest.context.newPage();
    await late.goto(`${hub.url}/guest?number=${number}`);
    await late.getByTestId('guest-code').fill(code);
    await late.getByTestId('guest-enter').click();
    await late.locator('[data-testid="room-phase"][data-reason="locked"]').waitFor();
    await keep({ ...guest, page: late }, 'room-17-locked');
    await late.close();

    await actOn(expert, '张伟', '请出会诊室');
    await expert.page.locator('.ant-modal:visible textarea').fill('讨论手术方案，稍后电话告知您');
    await expert.page.locator('.ant-modal:visible .ant-modal-footer .ant-btn-dangerous').click();
    await guest.page.locator('[data-testid="room-phase"][data-reason="removed"]').waitFor();
    await guest.page.getByText('稍后电话告知您').waitFor();
    await keep(guest, 'room-18-removed');
    expect(await overflowOf(guest.page)).toEqual([]);
    await untilTogether(expert, 2);
  });

  test('whoever logs out elsewhere is told so, logs in again, and is back', async () => {
    // Where these tests ask over the routes, the doctor is logged in as well.
    await asked.doctor.fetch('/api/session', { method: 'DELETE' });
    const elsewhere = await doctor.context.newPage();
    await elsewhere.goto(`${hub.url}/`);
    await elsewhere.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await elsewhere.close();
    await doctor.page.locator('[data-testid="room-phase"][data-reason="logged-out"]').waitFor();
    await keep(doctor, 'room-19-logged-out');
    // Where another part of the page has asked the hub meanwhile, the log-in stands there by itself.
    const word = doctor.page.getByTestId('password');
    if (!(await word.isVisible())) await doctor.page.getByTestId('join-again').click();
    await word.fill('Lianzhen-demo-1');
    await keep(doctor, 'room-20-log-in-again');
    await doctor.page.getByTestId('log-in').click();
    await untilTogether(doctor, 2);
    await keep(doctor, 'room-21-back');
  });

  test('everyone’s picture fits a phone, with nothing beside it', async () => {
    await doctor.page.setViewportSize(phone);
    await openStudy(expert.page);
    await doctor.page.locator('[data-testid="viewer"][data-rendered="true"]').waitFor();
    await keep(doctor, 'room-22-phone-picture');
    expect(await overflowOf(doctor.page)).toEqual([]);
    const { violations } = await new AxeBuilder({ page: doctor.page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([]);
  });

  test('afterwards the case keeps words and files; on a phone nothing sticks out', async () => {
    await expert.page.getByTestId('end-session').click();
    await expert.page.locator('.ant-modal-confirm-btns .ant-btn-dangerous').click();
    await doctor.page.locator('[data-testid="room-phase"][data-phase="over"]').waitFor();
    await doctor.page.setViewportSize(phone);
    for (const path of [`/consultations/${asked.id}`, '/consultations', '/consultations/new']) {
      await doctor.page.goto(`${hub.url}${path}`);
      await doctor.page.locator('.page').first().waitFor();
      if (path.endsWith(asked.id)) await doctor.page.getByTestId('chat-file').waitFor();
      expect([path, await overflowOf(doctor.page)]).toEqual([path, []]);
      await doctor.page.screenshot({
        path: `tests/artefacts/e2e/room-23-phone${path.replaceAll('/', '-').slice(0, 20)}.png`,
        fullPage: true,
      });
    }
    expect(everyone().flatMap(({ errors }) => errors)).toEqual([]);
  });
});
