import { setTimeout as wait } from 'node:timers/promises';
import type { SrtpCryptoSuite } from 'mediasoup/types';
import { endFarm, type Sample, Sampler, startSink, startSource } from './rooms-farm.ts';
import { addReceiver, addSpeaker, cameraLayers, openMediaBench } from './rooms-media.ts';
import { cpuSecondsOf } from './usage.ts';

/** What browsers and mediasoup agree on. */
const suite: SrtpCryptoSuite = 'AEAD_AES_256_GCM';
const speakers = 4;

export interface Step extends Sample {
  consumers: number;
  /** Of one core. */
  cpuPercent: number;
  megabitsPerSecond: number;
}

const mostConsumers = 3000;
/** A core has nothing left, or what it sends is of no use any more: half as late again as a conversation bears. */
export const isFull = ({ cpuPercent, lossPercent, delayP95Ms }: Step): boolean =>
  cpuPercent > 93 || lossPercent > 1 || delayP95Ms > 200;

/** CPU of a process while something goes on, in percent of one core. */
export async function cpuWhile(pid: number, ms: number): Promise<number> {
  const [cpu, began] = [cpuSecondsOf([pid]), performance.now()];
  await wait(ms);
  return ((cpuSecondsOf([pid]) - cpu) / ((performance.now() - began) / 1000)) * 100;
}

/**
 * One worker gets more and more receivers, each of four speakers at full quality (three simulcast layers in, the
 * highest out, and speech), until it is full.
 */
export async function measureCapacity(workerBin: string, measureMs: number, stepSize: number): Promise<Step[]> {
  const bench = await openMediaBench(workerBin);
  const sampler = new Sampler();
  try {
    const given = await Promise.all(
      Array.from({ length: speakers }, (_, at) => addSpeaker(bench.router, at, cameraLayers)),
    );
    const producers = given.flatMap((one) => one.producers);
    startSource(given.flatMap((one) => one.streams));
    const ports = await startSink();
    let consumers = await addReceiver(bench.router, producers, { port: await sampler.open() });
    const steps: Step[] = [];
    for (let wanted = stepSize; ; wanted += stepSize) {
      for (let at = 0; consumers < wanted; at++)
        consumers += await addReceiver(bench.router, producers, { port: ports[at % ports.length] ?? 0, suite });
      await wait(1500);
      sampler.take();
      const cpuPercent = await cpuWhile(bench.media.worker.pid, measureMs);
      const sample = sampler.take();
      const perReceiver = (speakers * ((cameraLayers.at(-1) ?? 0) + 32)) / 1000;
      const megabitsPerSecond = (perReceiver * consumers) / producers.length;
      const step = { ...sample, consumers, cpuPercent, megabitsPerSecond };
      steps.push(step);
      if (isFull(step) || wanted >= mostConsumers) return steps;
    }
  } finally {
    sampler.close();
    bench.close();
    endFarm();
  }
}
