import { setTimeout as wait } from 'node:timers/promises';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch, sitDown } from '../e2e/browser.ts';
import { type Caller, logIn } from '../factories/hub-client.ts';
import { type System, start } from './systems.ts';
import { percentile } from './tables.ts';

export interface Alarms {
  sent: number;
  rung: number;
  perMinute: number;
  /** From the answer to the upload to the first note of the sound in the reader's browser, milliseconds. */
  p50: number;
  p95: number;
  longest: number;
}

/** The elevations of an anterior infarction, microvolts. */
const infarction = { V1: 300, V2: 450, V3: 450, V4: 350, I: 100 };

/** Sends healthy hearts at a steady pace and an infarction now and then, and hears when the reader's page sounds. */
export async function measureAlarms(perMinute: number, minutes: number): Promise<Alarms | undefined> {
  const chromium = findChromium();
  if (!chromium) return undefined;
  const system = await start('hub');
  const browser = await launch(chromium);
  try {
    return await listen(system, browser, perMinute, minutes);
  } finally {
    await browser.close();
    await system.stop();
  }
}

async function listen(system: System, browser: Browser, perMinute: number, minutes: number): Promise<Alarms> {
  const url = system.webUrl.replace('/dicomweb', '');
  const { page } = await sitDown(browser, url, 'ecg01');
  const reader = await logIn(url, 'ecg02');
  const rings = await hearIn(page);
  const end = Date.now() + minutes * 60_000;
  const normal = keepSending(system, perMinute, end);
  const latencies: number[] = [];
  let sent = 0;
  while (Date.now() < end) {
    rings.length = 0;
    await send(system, `critical ${++sent}`, infarction);
    const from = Date.now();
    while (rings.length === 0 && Date.now() - from < 30_000) await wait(5);
    const rang = rings[0];
    if (rang !== undefined) latencies.push(rang - from);
    await silence(reader, rings);
  }
  await normal;
  return {
    sent,
    rung: latencies.length,
    perMinute,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    longest: Math.max(...latencies),
  };
}

/** Healthy hearts at a steady pace, whatever else goes on. */
async function keepSending(system: System, perMinute: number, end: number): Promise<void> {
  for (let number = 0; Date.now() < end; number++) {
    const next = wait(60_000 / perMinute);
    await send(system, `normal ${number}`, undefined);
    await next;
  }
}

/** Times, in milliseconds since 1970, at which the page began a note. */
async function hearIn(page: Page): Promise<number[]> {
  const rings: number[] = [];
  await page.exposeFunction('benchRang', (at: number) => rings.push(at));
  await page.evaluate(() => {
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function ring(this: OscillatorNode, ...args: [number?]) {
      (globalThis as unknown as { benchRang: (at: number) => void }).benchRang(Date.now());
      return start.apply(this, args);
    };
  });
  // A browser sounds only after its person has touched the page, as logging in has done.
  await page.getByTestId('alarm-bar').and(page.locator('[data-sound="on"]')).waitFor({ state: 'attached' });
  return rings;
}

/** Somebody takes the alarm, and the page has fallen silent: the next one must be heard as a sound of its own. */
async function silence(reader: Caller, rings: number[]): Promise<void> {
  for (const { id, revision, isCalled } of await reader.call(hubContract.ecg.alarms, {}))
    if (isCalled) await reader.call(hubContract.ecg.acknowledgeAlarm, { id, revision });
  for (let before = -1; before !== rings.length; await wait(2500)) before = rings.length;
}

let traces = 0;

async function send(system: System, name: string, st: Record<string, number> | undefined): Promise<void> {
  const trace = syntheticTrace({ heartRate: 60 + (traces++ % 40), ...(st ? { st } : {}) });
  const uid = `2.25.88${Date.now()}${traces}`;
  const bytes = writeWaveform(trace, {
    sopInstanceUid: `${uid}.3`,
    studyInstanceUid: `${uid}.1`,
    seriesInstanceUid: `${uid}.2`,
    accessionNumber: null,
    patient: { id: name, issuer: null, name: name.replace(' ', '^'), sex: 'M', birthDate: '19600101' },
    now: new Date(),
  });
  const answer = await fetch(`${system.webUrl.replace('/dicomweb', '')}/api/ecg/traces`, {
    method: 'POST',
    headers: { ...system.sendAs, 'content-type': 'application/dicom' },
    body: new Uint8Array(bytes),
  });
  if (!answer.ok) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}
