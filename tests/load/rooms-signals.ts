import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { emptyRoom, growTo, type Person, type RoomHub } from './rooms-people.ts';
import { percentile } from './tables.ts';
import { cpuSecondsOf } from './usage.ts';

export interface SignalStep {
  people: number;
  /** `setTile` is for oneself alone; `point` is told to everyone who sees the picture. */
  signal: 'setTile' | 'point';
  askedPerSecond: number;
  toldPerSecond: number;
  p50Ms: number;
  p95Ms: number;
  /** Of one core: the media node's gateway, and the http role before it. */
  nodeCpuPercent: number;
  httpCpuPercent: number;
  /** Signals answered and told for each second of the node's CPU. */
  perCoreSecond: number;
}

/** Below what a seat may ask: 120 tiles and 80 cursors a second. */
const everyMs = { setTile: 10, point: 14 };
/** Who leads and shows; the others look on. */
const pointing = 4;

/** Asks again as soon as it is answered, but not more often than a seat may. */
async function keepAsking(one: Person, signal: SignalStep['signal'], until: number, waits: number[]): Promise<void> {
  const [consumerId = ''] = one.consumers;
  for (let n = 0; performance.now() < until; n++) {
    const began = performance.now();
    if (signal === 'setTile') await one.ask('setTile', { consumerId, width: n % 2 ? 320 : 640 });
    else await one.ask('point', { cursor: { sopInstanceUid: '1.2.3', frame: 1, at: { x: n % 512, y: 256 } } });
    const took = performance.now() - began;
    waits.push(took);
    await wait(Math.max(0, everyMs[signal] - took));
  }
}

async function measure(
  { hub }: RoomHub,
  people: readonly Person[],
  signal: SignalStep['signal'],
  ms: number,
): Promise<SignalStep> {
  // The first to come in found nobody whose stream he could look at.
  const looking = people.filter(({ consumers }) => consumers.length > 0);
  const asking = signal === 'setTile' ? looking : people.slice(0, pointing);
  const look = () => ({
    at: performance.now(),
    cursors: people.reduce((sum, one) => sum + one.told('cursor'), 0),
    node: cpuOf(hub.pids.sfu),
    http: cpuOf(hub.pids.http),
  });
  const waits: number[] = [];
  const before = look();
  await Promise.all(asking.map((one) => keepAsking(one, signal, before.at + ms, waits)));
  const after = look();
  const seconds = (after.at - before.at) / 1000;
  const told = after.cursors - before.cursors;
  const nodeCpu = after.node - before.node;
  return {
    people: people.length,
    signal,
    askedPerSecond: waits.length / seconds,
    toldPerSecond: told / seconds,
    p50Ms: percentile(waits, 50),
    p95Ms: percentile(waits, 95),
    nodeCpuPercent: (100 * nodeCpu) / seconds,
    httpCpuPercent: (100 * (after.http - before.http)) / seconds,
    perCoreSecond: (waits.length + told) / nodeCpu,
  };
}

const cpuOf = (pid: number | undefined): number => cpuSecondsOf(pid ? [pid] : []);

/** What a room's gateway answers and tells in a second: of signals that are for one alone, and of cursors in motion. */
export async function measureSignals(given: RoomHub, sizes: readonly number[], ms: number): Promise<SignalStep[]> {
  const room = randomUUID();
  const people: Person[] = [];
  const steps: SignalStep[] = [];
  for (const size of sizes) {
    await growTo(given, room, people, size);
    for (const signal of ['setTile', 'point'] as const) steps.push(await measure(given, people, signal, ms));
  }
  await emptyRoom(people);
  return steps;
}
