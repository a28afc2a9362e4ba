import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StudyFolder, writeStudy } from './slices.ts';
import type { DoorName, System } from './systems.ts';
import { cpuSecondsOf, forgetPeak, megabytesOf, peakMegabytesOf } from './usage.ts';

export interface Ingest {
  /** Instances a second until the last one was acknowledged, and until all could be found. */
  perSecond: number;
  indexedPerSecond: number;
  /** CPU seconds of all server processes per 1,000 instances, to the same two moments. */
  cpuPerThousand: number;
  indexedCpuPerThousand: number;
  /** MiB at most of the process behind the door, and of all processes when it was over. */
  doorMegabytes: number;
  allMegabytes: number;
}

/** Files in one STOW-RS upload. */
const perUpload = 20;
const senderProgram = new URL('./stow-sender.ts', import.meta.url).pathname;

/** One study for each sender, together `count` instances. Another round is other studies. */
export function writeStudies(root: string, count: number, senders: number, round: string): StudyFolder[] {
  return Array.from({ length: senders }, (_, index) =>
    writeStudy(join(root, `sender-${index}`), Math.floor(count / senders), `${round} ${index}`),
  );
}

export const countOf = (studies: readonly StudyFolder[]): number =>
  studies.reduce((sum, { sopInstanceUids }) => sum + sopInstanceUids.length, 0);

/** Sends studies through a door, each from a sender of its own, all at once. @param before how many are there already */
export async function measureIngest(
  system: System,
  door: DoorName,
  studies: readonly StudyFolder[],
  before: number,
): Promise<Ingest> {
  const count = countOf(studies);
  // What was written before is not this run's to wait for.
  spawnSync('sync');
  const doorPid = system.doorPid(door);
  forgetPeak(doorPid);
  const pids = system.pids();
  const cpu = cpuSecondsOf(pids);
  const start = performance.now();
  await Promise.all(studies.map(({ folder }) => send(system, door, folder)));
  const seconds = (performance.now() - start) / 1000;
  const acknowledgedCpu = cpuSecondsOf(pids) - cpu;
  await system.untilIndexed(before + count);
  const indexedSeconds = (performance.now() - start) / 1000;
  const indexedCpu = cpuSecondsOf(pids) - cpu;
  return {
    perSecond: count / seconds,
    indexedPerSecond: count / indexedSeconds,
    cpuPerThousand: (acknowledgedCpu / count) * 1000,
    indexedCpuPerThousand: (indexedCpu / count) * 1000,
    doorMegabytes: peakMegabytesOf(doorPid),
    allMegabytes: megabytesOf(pids),
  };
}

async function send(system: System, door: DoorName, folder: string): Promise<void> {
  const [command, args] = door === 'c-store' ? storescu(system, folder) : stowSender(system, folder);
  // Without TCP_NODELAY DCMTK waits for delayed acknowledgements and measures those.
  const env = { ...process.env, TCP_NODELAY: '1' };
  const sender = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(sender, 'close');
  if (code !== 0) throw new Error(`${door} to ${system.name}: the sender ended with ${code}`);
}

function storescu({ dimse }: System, folder: string): [string, string[]] {
  const { port, aeTitle, callingAeTitle } = dimse;
  return ['storescu', ['-aet', callingAeTitle, '-aec', aeTitle, '+sd', '127.0.0.1', String(port), folder]];
}

function stowSender({ webUrl, sendAs }: System, folder: string): [string, string[]] {
  const authorization = sendAs.authorization ? [sendAs.authorization] : [];
  return [process.execPath, [senderProgram, folder, `${webUrl}/studies`, String(perUpload), ...authorization]];
}

export const removeStudies = (studies: readonly StudyFolder[]): void => {
  for (const { folder } of studies) rmSync(folder, { recursive: true, force: true });
};
