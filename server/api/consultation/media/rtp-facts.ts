import type { SenderReport } from '@lianzhen/contracts/recording-chunk.ts';

export const sequenceOf = (packet: Buffer): number => packet.readUInt16BE(2);

/** From 1900, where NTP begins, to 1970 (RFC 868), in seconds. */
const ntpTo1970 = 2_208_988_800;

/** mediasoup's trace of a sender report, or undefined where it is of another form. */
export function senderReportOf(info: Record<string, unknown>): SenderReport | undefined {
  const { ssrc, ntpSec, ntpFrac, rtpTs } = info;
  const numbers = [ssrc, ntpSec, ntpFrac, rtpTs].map(Number);
  if (numbers.some((value) => !Number.isFinite(value))) return undefined;
  const [source = 0, seconds = 0, fraction = 0, rtpTimestamp = 0] = numbers;
  return { ssrc: source, ntpMs: (seconds - ntpTo1970) * 1000 + (fraction / 2 ** 32) * 1000, rtpTimestamp };
}
