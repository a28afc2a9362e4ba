import type { Assembler, Frame } from './frame.ts';
import type { Placed } from './reorder.ts';

/** Longer gaps are silence: nobody can guess half a second of speech. */
const longestGuessMs = 400;

/** RFC 6716, 3.1: milliseconds of one frame, by the configuration in the first five bits. */
function frameMs(toc: number): number {
  const config = toc >> 3;
  if (config < 12) return [10, 20, 40, 60][config & 3] ?? 20;
  if (config < 16) return [10, 20][config & 1] ?? 20;
  return [2.5, 5, 10, 20][config & 3] ?? 20;
}
/** RFC 6716, 3.2: frames in a packet, by the last two bits and, for code 3, the second byte. */
function frameCount(packet: Uint8Array): number {
  const code = (packet[0] ?? 0) & 3;
  return code === 0 ? 1 : code === 3 ? (packet[1] ?? 1) & 0x3f : 2;
}
export const packetMs = (packet: Uint8Array): number => frameMs(packet[0] ?? 0) * frameCount(packet);

/**
 * Opus packets. Where some were lost on the way, packets with nothing but their first byte take their place: a decoder
 * reads those as lost (RFC 6716, 2.1.7) and conceals them, and the sound stays in its time.
 */
export function opusFrames(): Assembler {
  let last: { number: number; timeMs: number; bytes: Uint8Array } | undefined;
  return {
    push: ({ number, timeMs, payload }: Placed): Frame[] => {
      const hidden = last && number > last.number + 1 ? conceal(last, timeMs) : [];
      last = { number, timeMs, bytes: payload };
      return [...hidden, { timeMs, isKey: true, bytes: payload }];
    },
  };
}

function conceal(before: { timeMs: number; bytes: Uint8Array }, untilMs: number): Frame[] {
  const toc = (before.bytes[0] ?? 0) & 0xfc;
  const step = frameMs(toc);
  const from = before.timeMs + packetMs(before.bytes);
  const until = Math.min(untilMs, from + longestGuessMs);
  const frames: Frame[] = [];
  // Half a frame less, because two clocks never agree to the microsecond.
  for (let at = from; at < until - step / 2; at += step)
    frames.push({ timeMs: at, isKey: true, bytes: Uint8Array.of(toc) });
  return frames;
}
