import type { Page } from 'playwright-core';

interface Heard {
  /** When it was looked. */
  at: number;
  /** When the last packet of any voice had come. */
  last: number;
  packets: number;
  voices: number;
  /** Seconds of sound that were played, and those that were made up because nothing had come; silence is none. */
  played: number;
  madeUp: number;
  /** Whether the page says that it is on its way back to the room. */
  isAway: boolean;
}
declare global {
  var peerConnections: RTCPeerConnection[];
  var heard: Heard[];
}

/** Looks four times a second at what every connection of this page hears, as its getStats tells it. Runs in the page. */
export function listenAlways(): void {
  const Original = globalThis.RTCPeerConnection;
  globalThis.peerConnections = [];
  globalThis.heard = [];
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      globalThis.peerConnections.push(this);
    }
  };
  const receives = (connection: RTCPeerConnection) =>
    connection.connectionState !== 'closed' &&
    connection.getTransceivers().some(({ currentDirection }) => currentDirection === 'recvonly');
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    const isAway = document.querySelector('[data-testid="reconnecting"]') !== null;
    const now: Heard = { at: Date.now(), last: 0, packets: 0, voices: 0, played: 0, madeUp: 0, isAway };
    for (const connection of globalThis.peerConnections.filter(receives)) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        now.voices += 1;
        now.last = Math.max(now.last, report.lastPacketReceivedTimestamp ?? 0);
        now.packets += report.packetsReceived ?? 0;
        now.played += (report.totalSamplesReceived ?? 0) / 48_000;
        now.madeUp += ((report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0)) / 48_000;
      }
    }
    globalThis.heard.push(now);
    isLooking = false;
  };
  setInterval(() => void look(), 250);
}

/** One packet of Opus as browsers send it. */
const packetMs = 20;
/** With DTX silence is a packet every 400 ms (RFC 7587, 3.1.3); what is longer than this is no silence any more. */
const silenceMs = 1000;

interface Gap {
  from: number;
  until: number;
}

/** Times in which nothing came. A page that was held up looks late: what came meanwhile is counted, and is no gap. */
function gapsIn(looks: readonly Heard[], from: number, until: number): Gap[] {
  const gaps: Gap[] = [];
  let [last, packets] = [from, looks[0]?.packets ?? 0];
  for (const look of looks) {
    if (look.last <= last) continue;
    const sounding = (Math.max(0, look.packets - packets - 1) * packetMs) / Math.max(1, look.voices);
    if (look.last - sounding - last > silenceMs) gaps.push({ from: last, until: look.last - sounding });
    [last, packets] = [look.last, look.packets];
  }
  if (until - last > silenceMs) gaps.push({ from: last, until });
  return gaps;
}

export interface Continuity {
  /** The longest time without a packet, in milliseconds; 0 where none was as long as a second. */
  longestGapMs: number;
  /** From the end of the fault until voices came again; 0 where they had not gone. */
  backAfterMs: number;
  /** From the end of the fault until the page was in the room again, with words and picture; 0 where it was in it. */
  inAfterMs: number;
  /** Of the time looked at, in percent: without any gap. */
  heardPercent: number;
  /** Of the sound that was played, in percent. */
  madeUpPercent: number;
}

/**
 * What a page heard from the beginning of a fault until now, and how soon after the fault was over. Moments in
 * milliseconds since 1970.
 */
export async function continuityOf(page: Page, from: number, faultEnds: number): Promise<Continuity> {
  const until = Date.now();
  const looks = (await page.evaluate(() => globalThis.heard)).filter(({ at }) => at >= from && at <= until);
  const gaps = gapsIn(looks, from, until);
  const lengths = gaps.map((gap) => gap.until - gap.from);
  const open = gaps.filter((gap) => gap.until > faultEnds);
  const longest = open.toSorted((a, b) => b.until - b.from - (a.until - a.from))[0];
  let [played, madeUp] = [0, 0];
  looks.slice(1).forEach((look, at) => {
    const before = looks[at];
    // A new connection counts from nothing.
    if (!before || look.played < before.played) return;
    played += look.played - before.played;
    madeUp += Math.max(0, look.madeUp - before.madeUp);
  });
  return {
    longestGapMs: Math.max(0, ...lengths),
    backAfterMs: longest ? longest.until - faultEnds : 0,
    inAfterMs: Math.max(0, ...looks.filter(({ isAway }) => isAway).map(({ at }) => at - faultEnds)),
    heardPercent: 100 * (1 - lengths.reduce((sum, length) => sum + length, 0) / (until - from)),
    madeUpPercent: (100 * madeUp) / Math.max(played, 0.001),
  };
}
