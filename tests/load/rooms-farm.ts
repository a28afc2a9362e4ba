import { type ChildProcess, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { type SentStream, stampBytes } from './rooms-source.ts';

const children = new Set<ChildProcess>();
function child(file: string, args: string[] = []): ChildProcess {
  const started = fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.add(started);
  return started;
}

/** Ends every source and sink. */
export function endFarm(): void {
  for (const one of children) one.kill('SIGKILL');
  children.clear();
}

/** Streams that flow until the farm ends. */
export function startSource(streams: readonly SentStream[]): void {
  child('rooms-source.ts').send([...streams]);
}

/** Ports that take everything and keep nothing. */
export async function startSink(): Promise<number[]> {
  const [ports] = (await once(child('rooms-sink.ts'), 'message')) as [number[]];
  return ports;
}

export interface Sample {
  packets: number;
  lossPercent: number;
  /** From the source's socket to the receiver's. */
  delayP50Ms: number;
  delayP95Ms: number;
}

/** One receiver that really reads what it gets, in the clear, and stands for the others. */
export class Sampler {
  readonly #socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
  readonly #expected = new Map<number, number>();
  #delays: number[] = [];
  #lost = 0;

  async open(): Promise<number> {
    this.#socket.on('message', (packet) => this.#take(packet));
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    return this.#socket.address().port;
  }

  #take(packet: Buffer): void {
    // RTCP shares the port; its types are 200 to 207 (RFC 5761, 4).
    const type = packet[1] ?? 0;
    if (type >= 192 && type <= 223) return;
    const sequence = packet.readUInt16BE(2);
    const ssrc = packet.readUInt32BE(8);
    const missed = (sequence - (this.#expected.get(ssrc) ?? sequence)) & 0xffff;
    if (missed < 0x8000) this.#lost += missed;
    this.#expected.set(ssrc, (sequence + 1) & 0xffff);
    const sent = packet.readBigUInt64BE(packet.length - stampBytes);
    this.#delays.push(Number(process.hrtime.bigint() - sent) / 1e6);
  }

  /** What came since it was last asked. */
  take(): Sample {
    const sorted = this.#delays.sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
    const sample = {
      packets: sorted.length,
      lossPercent: (this.#lost / Math.max(1, this.#lost + sorted.length)) * 100,
      delayP50Ms: at(0.5),
      delayP95Ms: at(0.95),
    };
    this.#delays = [];
    this.#lost = 0;
    return sample;
  }

  close(): void {
    this.#socket.close();
  }
}
