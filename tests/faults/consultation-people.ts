import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually, sitDown } from '../e2e/browser.ts';
import { launchForCalls, receivedOf } from '../e2e/call.ts';
import { type Caller, logIn } from '../factories/hub-client.ts';
import { openLine } from '../factories/line.ts';
import { caseToRead } from '../factories/line-work.ts';
import type { BadLink } from '../sims/bad-link.ts';
import { listenAlways } from './consultation-audio.ts';
import { publicUrl } from './consultation-network.ts';

const { consultation, orders } = hubContract;

/** A consultation whose room is open, with images to look at, and who may ask others into it. */
export interface OpenRoom {
  id: string;
  doctor: Caller;
}

/** Asked by the township and accepted by the expert, as people do it over the same routes. */
export async function openRoom(url: string): Promise<OpenRoom> {
  const line = await openLine(url);
  const { orderId } = await caseToRead(line);
  const { doctor, townshipId: facilityId } = line;
  const expert = await logIn(url, 'expert01');
  const { exams } = await doctor.call(orders.read, { id: orderId });
  const studyIds = exams.flatMap(({ studies }) => studies.map(({ id }) => id));
  const sought = { specialty: 'radiology', title: 'associate-chief' } as const;
  const [found] = await doctor.call(consultation.experts, { facilityId, ...sought });
  const { id } = await doctor.call(consultation.send, {
    ...{ facilityId, patientId: line.patient.id, ...sought, attachments: { orderIds: [orderId], studyIds } },
    ...{ reason: '结节性质待定', purpose: '是否需要进一步检查', summary: '咳嗽三天' },
    time: { kind: 'immediate' },
    invitees: [{ facilityId: found?.facility.id ?? '', expertId: found?.accountId ?? null }],
    consent: { signer: '张桂芳', relation: 'self', method: 'written', givenAt: new Date().toISOString() },
  });
  const { invitations } = await expert.call(consultation.read, { id });
  await expert.call(consultation.accept, { id, invitationId: invitations[0]?.id ?? '' });
  return { id, doctor };
}

/** Somebody in a room, with a browser in a network of his own. */
export interface Somebody {
  name: string;
  browser: Browser;
  page: Page;
  link: BadLink;
}
/** Where somebody sits down. */
export interface Place {
  chromium: string;
  room: OpenRoom;
  link: BadLink;
}

const launch = ({ chromium, link }: Place): Promise<Browser> =>
  launchForCalls(link.wrap(chromium), ['--ignore-certificate-errors']);
/** A bound, never what is waited for: a busy machine takes half a minute to start a killed role again. */
const patienceMs = 90_000;

/** Somebody with an account, in the room. */
export async function sitAsMember(place: Place, username: string): Promise<Somebody> {
  const browser = await launch(place);
  const { page, context } = await sitDown(browser, publicUrl, username, {
    viewport: { width: 1024, height: 640 },
    keepsPages: true,
  });
  page.setDefaultTimeout(patienceMs);
  await prepare(context);
  await page.goto(`${publicUrl}/consultations/${place.room.id}/room`);
  await page.getByTestId('room').waitFor();
  return { name: username, browser, page, link: place.link };
}

/** A guest at the door. */
export async function sitAsGuest(place: Place, name: string): Promise<Somebody> {
  const { id, doctor } = place.room;
  const { number, code } = await doctor.call(consultation.inviteGuest, { id, name, relation: '外院医生' });
  const browser = await launch(place);
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, locale: 'zh-CN' });
  await prepare(context);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${publicUrl}/guest?number=${number}`);
  await page.getByTestId('guest-code').fill(code);
  await page.getByTestId('guest-enter').click();
  await page.locator('[data-testid="room-phase"][data-phase="lobby"], [data-testid="room"]').first().waitFor();
  return { name, browser, page, link: place.link };
}

/** Voices alone: cameras of so many people are too much for one machine. */
async function prepare(context: BrowserContext): Promise<void> {
  await context.addInitScript(listenAlways);
  const kept = JSON.stringify({ hasCamera: false, isChecked: true });
  await context.addInitScript((devices) => localStorage.setItem('lianzhen.devices', devices), kept);
}

export async function admitAll(expert: Somebody, people: readonly Somebody[]): Promise<void> {
  // One by one: a button that was pressed stands there until the room has answered.
  for (const { name } of people) {
    const knock = expert.page.getByTestId('waiting').filter({ hasText: name });
    await knock.getByTestId('admit').click();
    await knock.waitFor({ state: 'detached' });
  }
  for (const { page } of people) await page.getByTestId('room').waitFor();
}

export async function say({ page }: Somebody, text: string): Promise<void> {
  await page.getByTestId('chat-input').fill(text);
  await page.getByTestId('chat-input').press('Enter');
}

/** Waits until every page shows these words and no others, each once, all in one order. */
export async function untilSaid(people: readonly Somebody[], words: readonly string[]): Promise<void> {
  const wordsOn = ({ page }: Somebody) => page.getByTestId('chat-word').locator('.keep-lines').allTextContents();
  const sorted = words.toSorted();
  const patience = { timeout: patienceMs, interval: 500 };
  await expect
    .poll(async () => (await Promise.all(people.map(wordsOn))).map((said) => said.toSorted()), patience)
    .toEqual(people.map(() => sorted));
  const orders = await Promise.all(people.map(wordsOn));
  for (const order of orders) expect(order).toEqual(orders[0]);
}

/** Everybody's tile on one page, in a fixed order: whose it is, and whether he is here and can be heard. */
const seatsOn = ({ page }: Somebody): Promise<string[]> =>
  page.getByTestId('tile').evaluateAll((tiles) =>
    tiles
      .map((tile) => {
        const { peer, presence } = (tile as HTMLElement).dataset;
        return `${peer} ${presence} ${tile.querySelector('.room-muted') ? 'muted' : 'heard'}`;
      })
      .sort(),
  );

/** Waits until all see the same people, as many as they are, all of them here, so many muted. @returns what all see */
export const untilAllTogether = (people: readonly Somebody[], muted: number): Promise<string[]> =>
  eventually(async () => {
    const [first = [], ...others] = await Promise.all(people.map(seatsOn));
    const areHere = first.every((seat) => seat.includes(' here '));
    const isWhole = first.length === people.length && first.filter((seat) => seat.endsWith('muted')).length === muted;
    return areHere && isWhole && others.every((seats) => seats.join() === first.join()) ? first : undefined;
  }, patienceMs);

/** Waits until all see these again, and nobody else. */
export async function untilAsBefore(people: readonly Somebody[], seats: readonly string[]): Promise<void> {
  const patience = { timeout: patienceMs, interval: 500 };
  await expect.poll(() => Promise.all(people.map(seatsOn)), patience).toEqual(people.map(() => seats));
}

/** How somebody's voices travel, each way once. */
export const wayOf = async ({ page }: Somebody): Promise<string> =>
  [...new Set((await receivedOf(page)).ways)].sort().join(' ');
