import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { syntheticStudy } from '../factories/dicom.ts';

/**
 * Ours against dcmjs-dimse with streams and with datasets: the same CT slices of 512 KB from DCMTK's storescu, each
 * answered when its file is synced. Engines take turns and medians are compared, for the machine is never quite idle.
 * `node tests/load/dimse-engine.ts [--instances 500] [--rounds 5] [--senders 1]`
 */
const engines = ['own', 'stream', 'dataset'] as const;
type Engine = (typeof engines)[number];
const titles: Record<Engine, string> = {
  own: 'own engine',
  stream: 'dcmjs-dimse, streams',
  dataset: 'dcmjs-dimse, datasets',
};

interface Result {
  perSecond: number;
  cpuPerThousand: number;
  peakMegabytes: number;
}

const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '5' },
    senders: { type: 'string', default: '1' },
  },
});
const instances = Number(values.instances);
const rounds = Number(values.rounds);
const senders = Number(values.senders);
/** Sent before the clock starts, so that no engine pays for being compiled. */
const warmUp = 40;

const root = mkdtempSync(join(tmpdir(), 'dimse-bench-'));
try {
  await main();
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const warmUpFolder = writeSlices('warm-up', warmUp, 1);
  const folders = Array.from({ length: senders }, (_, index) =>
    writeSlices(`sender-${index}`, Math.floor(instances / senders), 2 + index),
  );
  const results: Record<Engine, Result[]> = { own: [], stream: [], dataset: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const engine of engines) {
      const result = await measure(engine, warmUpFolder, folders);
      results[engine].push(result);
      console.log(`round ${round}  ${describe(engine, result)}`);
    }
  }
  const medians = Object.fromEntries(engines.map((engine) => [engine, medianOf(results[engine])])) as Record<
    Engine,
    Result
  >;
  console.log(`\nmedians of ${rounds} rounds, ${instances} instances, ${senders} sender(s)`);
  for (const engine of engines) console.log(describe(engine, medians[engine]));
  for (const engine of ['stream', 'dataset'] as const) {
    const [ours, theirs] = [medians.own, medians[engine]];
    const rate = (ours.perSecond / theirs.perSecond).toFixed(2);
    const cpu = (ours.cpuPerThousand / theirs.cpuPerThousand).toFixed(2);
    const memory = (ours.peakMegabytes / theirs.peakMegabytes).toFixed(2);
    console.log(`own engine / ${titles[engine]}: rate x${rate}, CPU x${cpu}, peak memory x${memory}`);
  }
}

async function measure(engine: Engine, warmUpFolder: string, folders: string[]): Promise<Result> {
  const kept = join(root, 'kept');
  mkdirSync(kept);
  const server = fork(new URL('./dimse-engine-servers.ts', import.meta.url), [engine, kept]);
  try {
    const { port } = await told<{ port: number }>(server);
    await send(port, warmUpFolder);
    const before = await usage(server);
    const start = performance.now();
    await Promise.all(folders.map((folder) => send(port, folder)));
    const seconds = (performance.now() - start) / 1_000;
    const after = await usage(server);
    const count = readdirSync(kept).length - warmUp;
    if (count !== instances) throw new Error(`${titles[engine]} kept ${count} of ${instances} instances`);
    const cpuPerThousand = ((after.cpuSeconds - before.cpuSeconds) / count) * 1_000;
    return { perSecond: count / seconds, cpuPerThousand, peakMegabytes: after.peakMegabytes };
  } finally {
    server.disconnect();
    await once(server, 'exit');
    rmSync(kept, { recursive: true });
  }
}

function writeSlices(name: string, count: number, seed: number): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const study = syntheticStudy({ modality: 'CT', instances: count, rows: 512, columns: 512, seed });
  for (const { sopInstanceUid, bytes } of study) writeFileSync(join(folder, `${sopInstanceUid}.dcm`), bytes);
  return folder;
}

async function send(port: number, folder: string): Promise<void> {
  const args = ['-aec', 'BENCH', '+sd', '127.0.0.1', String(port), folder];
  const sender = spawn('storescu', args, {
    // Without it DCMTK waits for delayed acknowledgements and measures those.
    env: { ...process.env, TCP_NODELAY: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(sender, 'close');
  if (code !== 0) throw new Error(`storescu ended with ${code}`);
}

async function told<T>(server: ChildProcess): Promise<T> {
  const [message] = await once(server, 'message');
  return message as T;
}

function usage(server: ChildProcess): Promise<{ cpuSeconds: number; peakMegabytes: number }> {
  const answer = told<{ cpuSeconds: number; peakMegabytes: number }>(server);
  server.send('usage');
  return answer;
}

function medianOf(results: Result[]): Result {
  const middle = (numbers: number[]): number => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
  return {
    perSecond: middle(results.map(({ perSecond }) => perSecond)),
    cpuPerThousand: middle(results.map(({ cpuPerThousand }) => cpuPerThousand)),
    peakMegabytes: middle(results.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function describe(engine: Engine, { perSecond, cpuPerThousand, peakMegabytes }: Result): string {
  const title = titles[engine].padEnd(24);
  return `${title} ${perSecond.toFixed(0)}/s  ${cpuPerThousand.toFixed(2)} CPU s per 1,000  ${peakMegabytes.toFixed(0)} MB at most`;
}
