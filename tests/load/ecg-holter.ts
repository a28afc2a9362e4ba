import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { attribute } from '@lianzhen/ecg/formats/dicom/dicom-values.ts';
import { ecgClass } from '@lianzhen/ecg/formats/dicom/ecg-classes.ts';
import { waveformFile } from '@lianzhen/ecg/formats/dicom/test-kit/waveform-file.ts';
import { wave } from '@lianzhen/ecg/formats/dicom/waveform-tags.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import { type Caller, logIn } from '../factories/hub-client.ts';
import { type System, start } from './systems.ts';
import { median } from './tables.ts';

export interface Holter {
  hours: number;
  megabytes: number;
  /** Seconds from the last byte until the worker has measured it and made its overview. */
  readSeconds: number;
  /** Medians, milliseconds until a viewer has everything of its first picture: trace, overview, first ten seconds. */
  openMs: number;
  overviewKilobytes: number;
}

const leads = [2, 7, 3];
const rateHz = 250;
const senderProgram = new URL('./stow-sender.ts', import.meta.url).pathname;

/** Sends recordings of growing length through STOW-RS and opens each as the viewer does. */
export async function measureHolter(hours: readonly number[], rounds: number): Promise<Holter[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ecg-holter-'));
  const system = await start('hub');
  try {
    const results: Holter[] = [];
    for (const one of hours) results.push(await measureOne(system, folder, one, rounds));
    return results;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOne(system: System, folder: string, hours: number, rounds: number): Promise<Holter> {
  const into = mkdtempSync(join(folder, 'one-'));
  const studyInstanceUid = `2.25.77${hours}`;
  const bytes = await writeHolter(join(into, 'holter.dcm'), studyInstanceUid, hours);
  const sender = spawn(
    process.execPath,
    [senderProgram, into, `${system.webUrl}/studies`, '1', system.sendAs.authorization ?? ''],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = await once(sender, 'close');
  if (code !== 0) throw new Error(`the sender ended with ${code}`);
  const sent = performance.now();
  const reader = await logIn(system.webUrl.replace('/dicomweb', ''), 'tech01');
  const id = await untilRead(reader, studyInstanceUid);
  const readSeconds = (performance.now() - sent) / 1000;
  rmSync(into, { recursive: true });
  const opened: number[] = [];
  let overviewBytes = 0;
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    overviewBytes = await open(reader, id);
    opened.push(performance.now() - from);
  }
  return {
    hours,
    megabytes: bytes / 2 ** 20,
    readSeconds,
    openMs: median(opened),
    overviewKilobytes: overviewBytes / 1024,
  };
}

async function untilRead(reader: Caller, studyInstanceUid: string): Promise<string> {
  for (;;) {
    const { rows } = await reader.call(hubContract.ecg.list, { studyInstanceUid });
    const [trace] = rows;
    if (trace?.state === 'read') return trace.id;
    if (trace?.state === 'unreadable') throw new Error('the hub could not read it');
    await wait(100);
  }
}

/** @returns bytes of the overview */
async function open(reader: Caller, id: string): Promise<number> {
  const trace = await reader.call(hubContract.ecg.read, { id });
  const coarsest = trace.overviewLevels.at(-1);
  const window = (await reader.fetch(`/api/ecg/traces/${id}/window?recording=0&fromMs=0&toMs=10000`)).arrayBuffer();
  if (coarsest === undefined) throw new Error('a long recording without an overview');
  const overview = await reader.fetch(`/api/ecg/traces/${id}/overview?recording=0&level=${coarsest}`);
  if (!overview.ok) throw new Error(`the overview answered ${overview.status}`);
  await window;
  return (await overview.arrayBuffer()).byteLength;
}

/** An ambulatory recording of three leads: one minute of a heart again and again. @returns its size in bytes */
async function writeHolter(file: string, studyInstanceUid: string, hours: number): Promise<number> {
  const minute = minuteOfSamples();
  const perMinute = minute.length / 2 / leads.length;
  const minutes = hours * 60;
  const few = leads.map((lead) => ({ source: [`2:${lead}`, 'MDC', 'Lead'] as const, samples: Array(1000).fill(0) }));
  const count = { [wave.NumberOfWaveformSamples]: attribute('UL', perMinute * minutes) };
  const small = waveformFile({
    sopClassUid: ecgClass.ambulatory,
    groups: [{ channels: few, rate: rateHz, attributes: count }],
    attributes: {
      '0020000D': attribute('UI', studyInstanceUid),
      '0020000E': attribute('UI', `${studyInstanceUid}.1`),
      '00080018': attribute('UI', `${studyInstanceUid}.1.1`),
    },
  });
  const zeros = 1000 * leads.length * 2;
  const head = Buffer.from(small.subarray(0, small.length - zeros));
  const sequenceAt = head.indexOf(Buffer.from([0x00, 0x54, 0x00, 0x01, 0x53, 0x51]));
  // The lengths of the sequence, of its item, and of the data that end the file.
  for (const at of [sequenceAt + 8, sequenceAt + 16, head.length - 4])
    head.writeUInt32LE(head.readUInt32LE(at) + minute.length * minutes - zeros, at);
  const out = createWriteStream(file);
  out.write(head);
  for (let written = 0; written < minutes; written++) if (!out.write(minute)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  return head.length + minute.length * minutes;
}

function minuteOfSamples(): Buffer {
  const [recording] = syntheticTrace({ seconds: 60, rateHz, leads: ['I', 'II', 'V1'] }).recordings;
  const all = recording?.leads ?? [];
  const count = all[0]?.samples.length ?? 0;
  const bytes = Buffer.alloc(count * leads.length * 2);
  for (let at = 0; at < count; at++)
    for (const [lead, { samples }] of all.entries())
      bytes.writeInt16LE(samples[at] ?? 0, (at * leads.length + lead) * 2);
  return bytes;
}
