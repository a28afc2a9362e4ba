import { setTimeout as wait } from 'node:timers/promises';
import type { SrtpCryptoSuite } from 'mediasoup/types';
import { cpuWhile } from './rooms-capacity.ts';
import { endFarm, startSink, startSource } from './rooms-farm.ts';
import { missingJanus, startJanus } from './rooms-janus.ts';
import { addReceiver, addSpeaker, cameraLayers, openMediaBench } from './rooms-media.ts';

/** The one that both can. */
const suite: SrtpCryptoSuite = 'AES_CM_128_HMAC_SHA1_80';
const kbps = cameraLayers.at(-1) ?? 0;

export interface Forwarding {
  receivers: number;
  cpuPercent: number;
}

interface System {
  pid: number;
  addReceiver(port: number): Promise<unknown>;
  close(): unknown;
}

/** The same two streams, plain RTP in and SRTP out to the same sink. */
async function openOwn(workerBin: string): Promise<System> {
  const bench = await openMediaBench(workerBin);
  const { streams, producers } = await addSpeaker(bench.router, 0, [kbps]);
  startSource(streams);
  return {
    pid: bench.media.worker.pid,
    addReceiver: (port) => addReceiver(bench.router, producers, { port, suite }),
    close: bench.close,
  };
}

async function openTheirs(): Promise<System> {
  const janus = await startJanus();
  const { port, audioSsrc, videoSsrc } = await janus.publish();
  startSource([
    { port, kind: 'audio', ssrc: audioSsrc, payloadType: 100, kbps: 32 },
    { port, kind: 'video', ssrc: videoSsrc, payloadType: 101, kbps },
  ]);
  return { pid: janus.pid, addReceiver: (to) => janus.forward(to), close: () => janus.stop() };
}

async function measure(open: () => Promise<System>, counts: readonly number[], ms: number): Promise<Forwarding[]> {
  const system = await open();
  try {
    const ports = await startSink();
    const results: Forwarding[] = [];
    let receivers = 0;
    for (const wanted of counts) {
      for (; receivers < wanted; receivers++) await system.addReceiver(ports[receivers % ports.length] ?? 0);
      await wait(2500);
      results.push({ receivers, cpuPercent: await cpuWhile(system.pid, ms) });
    }
    return results;
  } finally {
    await system.close();
    endFarm();
  }
}

/** What of a core one more stream costs, from the difference of two numbers of receivers: two streams each. */
export function perStream(results: readonly Forwarding[]): number {
  const [first, last] = [results[0], results.at(-1)];
  if (!first || !last) return Number.NaN;
  return (last.cpuPercent - first.cpuPercent) / (2 * (last.receivers - first.receivers));
}

export interface Compared {
  own: Forwarding[][];
  /** Empty where there is no Janus. */
  janus: Forwarding[][];
}

/** CPU by number of receivers, of ours and of Janus in turn, for the machine is never quite idle. */
export async function measureForwarding(
  workerBin: string,
  { counts, ms, rounds }: { counts: readonly number[]; ms: number; rounds: number },
): Promise<Compared> {
  const results: Compared = { own: [], janus: [] };
  for (let round = 0; round < rounds; round++) {
    results.own.push(await measure(() => openOwn(workerBin), counts, ms));
    if (!missingJanus) results.janus.push(await measure(openTheirs, counts, ms));
  }
  return results;
}
