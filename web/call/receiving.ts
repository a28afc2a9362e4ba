/** What getStats says of everything that comes in, summed. Counters grow from the start of a transport. */
export interface Received {
  packets: number;
  lost: number;
  bytes: number;
  /** The worst of the voices, in seconds. A picture's frames come in bursts, and stills seldom, on the best of links. */
  jitter: number;
  /** Of the pair of addresses in use, in seconds. */
  roundTrip: number;
  atMs: number;
}

type Stat = Record<string, unknown> & { type: string };
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/**
 * The stream with which mediasoup fills a link up to see what it carries. It begins and ends as it likes: what a browser
 * takes for its losses is none.
 */
const probation = 'probator';

/** @param stats of the receiving transport */
export function sumReceived(stats: Iterable<unknown>, atMs: number): Received {
  const sum: Received = { packets: 0, lost: 0, bytes: 0, jitter: 0, roundTrip: 0, atMs };
  const all = [...stats] as Stat[];
  // Pairs of addresses that are not in use any more keep their last figures.
  const selected = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  for (const stat of all) {
    if (stat.type === 'inbound-rtp' && stat.mid !== probation) {
      sum.packets += number(stat.packetsReceived);
      sum.lost += number(stat.packetsLost);
      if (stat.kind === 'audio') sum.jitter = Math.max(sum.jitter, number(stat.jitter));
    }
    if (stat.type === 'candidate-pair' && (selected === undefined ? stat.nominated === true : stat.id === selected)) {
      sum.bytes += number(stat.bytesReceived);
      sum.roundTrip = Math.max(sum.roundTrip, number(stat.currentRoundTripTime));
    }
  }
  return sum;
}

const bounded = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/**
 * What was received between two looks, in the units of the signal `reportReceiving`: percent, milliseconds, bit/s. A
 * stream that went away makes the sums smaller; nothing was then lost or received, rather than less than nothing.
 */
export function receivedBetween(before: Received, after: Received) {
  const lost = Math.max(0, after.lost - before.lost);
  const packets = Math.max(0, after.packets - before.packets);
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1000);
  return {
    lossPercent: lost + packets > 0 ? bounded((100 * lost) / (lost + packets), 100) : 0,
    rttMs: bounded(Math.round(after.roundTrip * 1000), 60_000),
    jitterMs: bounded(Math.round(after.jitter * 1000), 60_000),
    bitrate: bounded(Math.round((8 * (after.bytes - before.bytes)) / seconds), 1e10),
  };
}
