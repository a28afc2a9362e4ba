import { setTimeout as wait } from 'node:timers/promises';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { findChromium } from '../e2e/browser.ts';
import { untilReceiving } from '../e2e/call.ts';
import { openStudy } from '../e2e/consultation-page.ts';
import { differenceOf, pixelsOn, turnLeaf } from '../e2e/consultation-picture.ts';
import { withTurn } from '../factories/turn.ts';
import { type BadLink, type LinkSettings, missingForLinks, nearAddresses, openLink } from '../sims/bad-link.ts';
import { type Continuity, continuityOf } from './consultation-audio.ts';
import { type FrontDoor, openFrontDoor, publicUrl, relayUrl } from './consultation-network.ts';
import {
  admitAll,
  type OpenRoom,
  openRoom,
  type Somebody,
  say,
  sitAsGuest,
  sitAsMember,
  untilAllTogether,
  untilAsBefore,
  untilSaid,
  wayOf,
} from './consultation-people.ts';
import { FaultTable } from './consultation-table.ts';
import { type FaultHub, missing as missingForHub, startFaultHub } from './fault-hub.ts';
import { mediaWorkersOf, whoListensOn } from './processes-of.ts';

const chromium = findChromium();
const missing =
  missingForHub ??
  (chromium ? undefined : 'chromium is not installed') ??
  (which('turnserver') ? undefined : 'coturn is not installed') ??
  missingForLinks();
if (missing) console.log(`skipped: consultations over bad links (${missing})`);
const turnSecret = 't'.repeat(40);
const patience = { timeout: 90_000, interval: 300 };

/**
 * Five real browsers in networks of their own: the expert, the township's doctor on a slow link, and guests of whom one is
 * silent for long, one moves and loses packets, and one has nothing but TCP 443. The tests are one story on one hub.
 */
describe('a consultation over bad links', { timeout: 240_000 }, () => {
  const links: BadLink[] = [];
  const table = new FaultTable();
  const words: string[] = [];
  let given: FaultHub;
  let front: FrontDoor | undefined;
  let room: OpenRoom;
  const people: Somebody[] = [];
  let expert: Somebody;
  let doctor: Somebody;
  let long: Somebody;
  let moving: Somebody;
  let fenced: Somebody;
  /** As everyone sees them, once the guests are muted: one voice is what 64 kb/s carry beside the picture. */
  let seats: string[] = [];
  let hasFailed = false;

  beforeEach(({ skip, onTestFailed }) => {
    skip(missing !== undefined, missing);
    skip(hasFailed, 'what comes before has failed');
    onTestFailed(() => {
      hasFailed = true;
    });
  });
  beforeAll(async () => {
    // The addresses of the hub are there as long as a link is.
    if (!missing) links.push(await openLink());
  });
  const relay = missing ? undefined : withTurn(turnSecret, nearAddresses[0]);
  beforeAll(async () => {
    if (!relay) return;
    const plain = relay.urls.filter((url) => url.startsWith('turn:'));
    const tls = Number(/:(\d+)\?/.exec(relay.urls.find((url) => url.startsWith('turns:')) ?? '')?.[1]);
    given = await startFaultHub('consultation-links', {
      HUB_RTC_ANNOUNCED_ADDRESS: nearAddresses[0],
      HUB_PUBLIC_URL: publicUrl,
      HUB_TURN_URLS: [...plain, relayUrl].join(','),
      HUB_TURN_SECRET: turnSecret,
      HUB_MEDIA_WORKERS: '2',
    });
    front = await openFrontDoor(given.hub.ports.http, { host: nearAddresses[0], port: tls });
    room = await openRoom(given.hub.url);
  }, 120_000);

  afterAll(async () => {
    if (missing) return;
    console.log(table.keep());
    await Promise.all(people.map(({ browser }) => browser.close()));
    await front?.close();
    expect(await given?.stop(), 'processes that outlived their hub').toEqual([]);
    await Promise.all(links.map((link) => link.close()));
  }, 90_000);

  async function placeOf(settings: Partial<LinkSettings> = {}) {
    const link = await openLink({ delayMs: 10, ...settings }, links.length);
    links.push(link);
    return { chromium: chromium ?? '', room, link };
  }
  const sit = async (one: Promise<Somebody>): Promise<Somebody> => {
    people.push(await one);
    return one;
  };
  const speak = (one: Somebody, text: string): Promise<void> => {
    words.push(text);
    return say(one, text);
  };
  /** Everybody hears everybody who is not muted. */
  async function untilHeard(all: readonly Somebody[] = people, muted: readonly Somebody[] = [long, moving, fenced]) {
    const voices = (one: Somebody) => people.filter((other) => other !== one && !muted.includes(other)).length;
    for (const one of all) await untilReceiving(one.page, 'audio', voices(one));
  }
  /** Does something to somebody, and writes down what he heard until all is well again. */
  async function through(one: Somebody, fault: string, act: () => Promise<number | undefined>): Promise<Continuity> {
    const from = Date.now();
    const ended = (await act()) ?? from;
    await untilHeard([one]);
    const heard = await continuityOf(one.page, from, ended);
    table.add(fault, await wayOf(one), heard);
    return heard;
  }
  const silence = (one: Somebody, seconds: number) =>
    through(one, `${seconds} s of silence: ${one.name}`, async () => {
      await one.link.set({ isSilent: true });
      await speak(one, `${one.name} · ${seconds} s`);
      await wait(seconds * 1000);
      await one.link.set({ isSilent: false, passes: 'all' });
      return Date.now();
    });

  test('everyone comes in and is heard, however little the network lets through', async () => {
    expert = await sit(sitAsMember(await placeOf(), 'expert01'));
    doctor = await sit(sitAsMember(await placeOf(), 'township01'));
    long = await sit(sitAsGuest(await placeOf({ passes: 'tcp' }), '外院甲'));
    moving = await sit(sitAsGuest(await placeOf(), '外院乙'));
    fenced = await sit(sitAsGuest(await placeOf({ passes: 'tcp-443' }), '外院丙'));
    await admitAll(expert, [long, moving, fenced]);
    await untilAllTogether(people, 0);
    await untilHeard(people, []);
    const ways = await Promise.all(people.map(wayOf));
    expect(ways).toEqual(['udp', 'udp', 'tcp', 'udp', 'relay/tls']);
    for (const { page } of [long, moving, fenced]) await page.getByTestId('mute').click();
    seats = await untilAllTogether(people, 3);
    for (const one of people) await speak(one, `${one.name} · 在`);
    await untilSaid(people, words);
    await openStudy(expert.page);
    for (const { page } of [expert, doctor])
      await page.locator('[data-testid="viewer"][data-rendered="true"]').waitFor();
  });

  const leafOf = ({ page }: Somebody) => page.getByTestId('viewer').getAttribute('data-image');
  /** The expert turns leaves; the doctor sees the same picture. */
  async function turn(notches: number, leaf: string): Promise<void> {
    await turnLeaf(expert.page, notches);
    for (const one of [expert, doctor]) await expect.poll(() => leafOf(one), patience).toBe(leaf);
    const apart = async () => differenceOf(await pixelsOn(expert.page), await pixelsOn(doctor.page));
    await expect.poll(apart, patience).toBeLessThanOrEqual(2);
  }

  /** The slow link of the township, with the picture; then the expert is away; then the township's firewall shuts. */
  async function littleAndFenced(): Promise<void> {
    const slow = await through(doctor, `64 kb/s: ${doctor.name}`, async () => {
      await doctor.link.set({ rateKbps: 64, delayMs: 40 });
      await speak(doctor, '64 kb/s');
      await turn(1, '2');
      await untilHeard([doctor]);
      await turn(-1, '1');
      await wait(5000);
      return undefined;
    });
    expect(slow.heardPercent).toBeGreaterThan(50);
    // A face makes way for the voices, although the slow side can hardly say any more that it has to.
    const peer = await doctor.page.locator('[data-testid="tile"][data-you="true"]').getAttribute('data-peer');
    await expert.page.getByTestId('camera').click();
    const step = () => expert.page.locator(`[data-testid="tile"][data-peer="${peer}"]`).getAttribute('data-step');
    await expect.poll(step, patience).not.toBe('full');
    await expert.page.getByTestId('camera').click();
    await doctor.link.set({ rateKbps: 0, delayMs: 10 });
    await silence(expert, 25);
    await through(doctor, `UDP blocked from now on: ${doctor.name}`, async () => {
      await doctor.link.set({ passes: 'tcp' });
      const from = Date.now();
      await expect.poll(() => wayOf(doctor), patience).toBe('tcp');
      return from;
    });
  }
  async function movedAndLossy(): Promise<void> {
    await silence(moving, 2);
    await through(moving, `another address: ${moving.name}`, async () => {
      await moving.link.set({ host: 77 });
      const from = Date.now();
      await speak(moving, '搬家');
      return from;
    });
    const lossy = await through(moving, `10 % loss: ${moving.name}`, async () => {
      await moving.link.set({ lossPercent: 10 });
      await speak(moving, '10 %');
      await wait(20_000);
      return undefined;
    });
    expect(lossy.heardPercent).toBeGreaterThan(50);
    await moving.link.set({ lossPercent: 0 });
  }

  test('silence, another address, little and lossy links: it goes on by itself', async () => {
    const from = Date.now();
    await Promise.all([silence(long, 84), littleAndFenced(), movedAndLossy()]);
    table.add(`nothing but TCP 443: ${fenced.name}`, await wayOf(fenced), await continuityOf(fenced.page, from, from));
    expect(await wayOf(fenced)).toBe('relay/tls');
    await untilAsBefore(people, seats);
    await untilHeard();
    await untilSaid(people, words);
  });

  const connectionsMade = ({ page }: Somebody) => page.evaluate(() => globalThis.peerConnections.length);
  /** The media worker on which the room is: the one whose port the expert's voices come from. */
  async function workerOfRoom(): Promise<number | undefined> {
    const port = await expert.page.evaluate(async () => {
      for (const connection of globalThis.peerConnections.filter((one) => one.connectionState === 'connected'))
        for (const report of (await connection.getStats()).values())
          if (report.type === 'remote-candidate') return report.port as number;
      return 0;
    });
    return whoListensOn(port, mediaWorkersOf(given.hub.pids.sfu ?? 0));
  }

  test.each(['the media worker', 'sfu', 'http'])('killed: %s; everyone is back in the same seat', async (victim) => {
    const made = await Promise.all(people.map(connectionsMade));
    const worker = await workerOfRoom();
    const from = Date.now();
    if (victim !== 'the media worker') given.hub.kill(victim, 'SIGKILL');
    else process.kill(worker ?? 0, 'SIGKILL');
    const killed = Date.now();
    for (const one of people) await speak(one, `${one.name} · ${victim}`);
    // The media of all go with theirs; a gateway takes only the words.
    if (victim !== 'http')
      await expect
        .poll(
          async () => (await Promise.all(people.map(connectionsMade))).every((now, at) => now > (made[at] ?? 0)),
          patience,
        )
        .toBe(true);
    await untilSaid(people, words);
    await untilAsBefore(people, seats);
    await untilHeard();
    for (const one of people)
      table.add(`${victim} killed: ${one.name}`, await wayOf(one), await continuityOf(one.page, from, killed));
    if (victim === 'the media worker') expect(await workerOfRoom()).not.toBe(worker);
    await given.hub.untilReady(60_000);
  });

  test('the time of the session leaves out what the expert missed', async () => {
    const { attendance, interruptions, durationSeconds } = await room.doctor.call(hubContract.consultation.timeline, {
      id: room.id,
    });
    const secondsOf = (from: string, to: string | null) =>
      ((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000;
    const gapsOf = (name: string) =>
      interruptions.filter((gap) => gap.name === name).map(({ from, to }) => secondsOf(from, to));
    expect(Math.max(...gapsOf(long.name))).toBeGreaterThan(30);
    const missed = gapsOf('许明远').reduce((sum, seconds) => sum + seconds, 0);
    expect(missed).toBeGreaterThan(5);
    const whole = secondsOf(attendance.map(({ joinedAt }) => joinedAt).sort()[0] ?? '', null);
    expect(durationSeconds).toBeLessThanOrEqual(whole - missed + 1);
  });
});
