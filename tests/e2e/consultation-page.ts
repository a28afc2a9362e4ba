import type { Page } from 'playwright-core';
import { eventually, type Seat } from './browser.ts';
import { choose } from './choose.ts';

const radiologist = { specialty: '医学影像科', expert: '许明远', attaches: true };

/**
 * What the township doctor does on the one page, for a patient who has been examined where something is attached.
 * @returns the consultation's id
 */
export async function askForConsultation(page: Page, url: string, wanted = radiologist): Promise<string> {
  await page.goto(`${url}/consultations/new`);
  await choose(page, 'patient-search', '张桂芳', { typed: 'zgf', becomes: page.getByTestId('picked-patient') });
  await page.getByTestId('consultation-reason').fill('发热咳嗽三天，右肺结节性质待定');
  await page.getByTestId('consultation-purpose').fill('结节的性质，是否需要进一步检查');
  await page
    .getByTestId('consultation-summary')
    .fill('女，68 岁。咳嗽三天伴低热，CT 示右肺上叶结节，无咯血，无体重下降。');
  await choose(page, 'specialty', wanted.specialty);
  await choose(page, 'expert-title', '副主任医师');
  await page
    .locator('label', { has: page.getByTestId('expert') })
    .filter({ hasText: wanted.expert })
    .click();
  if (wanted.attaches) await page.getByTestId('attach-order').last().click();
  await page.getByTestId('time-immediate').click();
  await choose(page, 'consent-relation', '本人');
  await choose(page, 'consent-method', '书面');
  await page.getByTestId('consent-now').click();
  await page.getByTestId('send-consultation').click();
  await page.getByTestId('consultation-state').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** In the room, with everyone's tile. */
export async function untilTogether(seat: Seat, people: number): Promise<void> {
  await seat.page.getByTestId('room').waitFor({ timeout: 60_000 });
  await eventually(async () => ((await seat.page.getByTestId('tile').count()) === people ? true : undefined));
}

export async function say(seat: Seat, text: string): Promise<void> {
  await seat.page.getByTestId('chat-input').fill(text);
  await seat.page.getByTestId('chat-send').click();
}

/** What was said, in order, as this seat's page shows it. */
export const wordsOn = (seat: Seat): Promise<string[]> =>
  seat.page.getByTestId('chat-word').locator('.keep-lines').allTextContents();

/** @returns what the guest is told: the number, and the code that is shown this once */
export async function inviteGuest(
  page: Page,
  name: string,
  relation: string,
): Promise<{ number: string; code: string }> {
  await page.getByTestId('invite-guest').click();
  await page.getByTestId('guest-name').fill(name);
  await page.getByTestId('guest-relation').fill(relation);
  const act = page.locator('.ant-modal .ant-btn-primary');
  await act.click();
  const textOf = async (testId: string) => (await page.getByTestId(testId).last().textContent())?.trim() ?? '';
  const told = { number: await textOf('guest-number'), code: await textOf('guest-code') };
  await act.click();
  return told;
}

/** Chooses the first of the attached studies; where nobody leads, this begins to lead. */
export async function openStudy(page: Page): Promise<void> {
  await page.getByTestId('take-lead').click();
  await choose(page, 'shared-studies', '', { becomes: page.locator('[data-testid="viewer"], [data-testid="ecg"]') });
}

/** The second of Chromium's made-up cameras gives depths in place of pictures, which nobody has on his desk. */
export function withoutDepthCamera(): void {
  const { mediaDevices } = navigator;
  const all = mediaDevices.enumerateDevices.bind(mediaDevices);
  mediaDevices.enumerateDevices = async () => (await all()).filter(({ label }) => label !== 'fake_device_1');
}
