import { setTimeout as wait } from 'node:timers/promises';
import { writeWaveform } from '@lianzhen/ecg/formats/dicom/write-waveform.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launch, sitDown } from '../e2e/browser.ts';
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

/** Sends traces at a steady pace, every tenth of them an infarction, and hears when the reader's page sounds. */
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
  const rings = await hearIn(page);
  const count = perMinute * minutes;
  const latencies: number[] = [];
  for (let number = 0; number < count; number++) {
    const next = wait(60_000 / perMinute);
    const isCritical = number % 10 === 5;
    const before = rings.length;
    await send(system, number, isCritical);
    const sent = Date.now();
    if (isCritical) {
      while (rings.length === before && Date.now() - sent < 30_000) await wait(5);
      const rang = rings[before];
      if (rang !== undefined) latencies.push(rang - sent);
      // One alarm at a time: the next one must be heard as a sound of its own.
      await silence(page);
    }
    await next;
  }
  return {
    sent: Math.ceil((count - 5) / 10),
    rung: latencies.length,
    perMinute,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    longest: Math.max(...latencies),
  };
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
  // A browser sounds only after its person has touched the page.
  await page.mouse.click(5, 5);
  return rings;
}

async function silence(page: Page): Promise<void> {
  const button = page.getByTestId('acknowledge-alarm').first();
  if ((await button.count()) > 0) await button.click();
  await page.goBack().catch(() => undefined);
}

async function send(system: System, number: number, isCritical: boolean): Promise<void> {
  const trace = syntheticTrace({ heartRate: 60 + (number % 40), ...(isCritical ? { st: infarction } : {}) });
  const uid = `2.25.88${Date.now()}${number}`;
  const bytes = writeWaveform(trace, {
    sopInstanceUid: `${uid}.3`,
    studyInstanceUid: `${uid}.1`,
    seriesInstanceUid: `${uid}.2`,
    accessionNumber: null,
    patient: { id: `BENCH${number}`, issuer: null, name: `BENCH^${number}`, sex: 'M', birthDate: '19600101' },
    now: new Date(),
  });
  const answer = await fetch(`${system.webUrl.replace('/dicomweb', '')}/api/ecg/traces`, {
    method: 'POST',
    headers: { ...system.sendAs, 'content-type': 'application/dicom' },
    body: new Uint8Array(bytes),
  });
  if (!answer.ok) throw new Error(`the upload answered ${answer.status}: ${await answer.text()}`);
}
