import { bytesPath, mostProbeBytes } from '@lianzhen/contracts/site-check.ts';

/** Long enough for TCP to find its pace on a slow link. */
const secondsEachWay = 5;
const smallest = 64 * 1024;
/** On a wide link more would say nothing new. */
const mostMoved = 64 * 1024 * 1024;

export interface Measuring {
  /** Asked for `bytes`; resolves when they came or went. */
  move: (bytes: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
}

/**
 * Moves pieces that grow until one takes a second, until the time is over.
 * @returns kilobits in a second of the quickest half of the pieces' time, or null where nothing came through
 */
export async function throughputOf({ move, now }: Measuring, signal: AbortSignal): Promise<number | null> {
  const until = now() + secondsEachWay * 1000;
  const pieces: { bytes: number; ms: number }[] = [];
  let size = smallest;
  let moved = 0;
  while (now() < until && moved < mostMoved) {
    signal.throwIfAborted();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.round(Math.max(1000, until - now() + 2000)))]);
    const began = now();
    try {
      await move(size, limit);
    } catch (cause) {
      if (signal.aborted) throw cause;
      // A piece that did not come in time says that the link is slower than that piece.
      break;
    }
    const ms = Math.max(1, now() - began);
    pieces.push({ bytes: size, ms });
    moved += size;
    if (ms < 1000) size = Math.min(mostProbeBytes, size * 2);
  }
  return rateOf(pieces);
}

/** The first pieces measure how a connection starts, not how wide the link is: the largest ones count. */
export function rateOf(pieces: readonly { bytes: number; ms: number }[]): number | null {
  const largest = Math.max(...pieces.map(({ bytes }) => bytes));
  const counted = pieces.filter(({ bytes }) => bytes >= largest / 2);
  const bytes = counted.reduce((sum, piece) => sum + piece.bytes, 0);
  const ms = counted.reduce((sum, piece) => sum + piece.ms, 0);
  return ms === 0 ? null : Math.round((bytes * 8) / ms);
}

const now = () => performance.now();

export const measureDown = (signal: AbortSignal): Promise<number | null> =>
  throughputOf(
    {
      now,
      move: async (bytes, limit) => {
        const response = await fetch(`${bytesPath}?size=${bytes}`, { signal: limit, cache: 'no-store' });
        if (!response.ok || !response.body) throw new Error(`the hub answered ${response.status}`);
        // Read and forgotten: a whole piece in memory would be measured as well.
        for await (const part of partsOf(response.body)) part.byteLength;
      },
    },
    signal,
  );

export function measureUp(signal: AbortSignal): Promise<number | null> {
  const noise = noiseOf(mostProbeBytes);
  return throughputOf(
    {
      now,
      move: async (bytes, limit) => {
        const body = noise.subarray(0, bytes);
        const headers = { 'content-type': 'application/octet-stream' };
        const response = await fetch(bytesPath, { method: 'POST', body, headers, signal: limit });
        if (!response.ok) throw new Error(`the hub answered ${response.status}`);
      },
    },
    signal,
  );
}

async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Random, so that nothing on the way makes it smaller; the browser gives 64 kB at a time. */
function noiseOf(bytes: number): Uint8Array<ArrayBuffer> {
  const noise = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(noise.subarray(at, Math.min(bytes, at + 65_536)));
  return noise;
}
