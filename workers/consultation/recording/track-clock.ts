import type { RecordedTrack, SenderReport } from '@lianzhen/contracts/recording-chunk.ts';
import type { TrackEvents } from './recorded-track.ts';
import { unwrapper } from './recorded-track.ts';

/** A straight piece of a line begins at each point; before the first and after the last one the line goes on. */
type Line = { x: number; y: number }[];

/** Delay differs from packet to packet; the quickest of each so many milliseconds shows the way without its queues. */
const windowMs = 20_000;
/** A report belongs to this stream when it speaks of the same timestamps: layers of one picture have others. */
const nearMs = 10_000;
const oddMs = 500;
/**
 * No two clocks part faster, as a share of the time: crystals do by a tenth of it. Delay that grows faster is a queue or a
 * busy sender, and would stretch the sound.
 */
const mostDrift = 0.001;
/** What comes later than this did not queue: its sender slept, and his clock stood still meanwhile. */
const longestQueueMs = 10_000;

interface Seen {
  described: RecordedTrack;
  unwrap: (timestamp: number) => number;
  /** The quickest packet of each window: media time in ms, and how much later than it the packet came. */
  quickest: { mediaMs: number; delayMs: number; window: number }[];
  reports: { mediaMs: number; ntpMs: number }[];
  lastMediaMs: number;
}

export interface Clocks {
  /** @returns when a packet's content was made, milliseconds since 1970 on the hub's clock */
  timeOf(trackId: string, timestamp: number): number;
}

/**
 * Finds a common clock for all streams (RFC 3550, 6.4.1: reports tell the sender's wall clock and the timestamp of one
 * moment, and so how its sound lies beside its picture). What lies between a sender's clock and the hub's is taken from the
 * quickest packets, once for all streams of a sender: jitter and the different sizes of packets do not pull them apart.
 */
export class ClockFinder {
  readonly #tracks = new Map<string, Seen>();

  see({ described, packet, report }: TrackEvents): void {
    const seen = this.#tracks.get(described.id) ?? open(described);
    this.#tracks.set(described.id, seen);
    if (packet) seePacket(seen, packet.timestamp, packet.at);
    if (report) seeReport(seen, report.report);
  }

  find(): Clocks {
    const senders = Map.groupBy(this.#tracks.values(), ({ described }) => described.sender);
    const lines = new Map<string, { seen: Seen; toHub: (mediaMs: number) => number }>();
    for (const tracks of senders.values()) {
      const reported = tracks.filter(({ reports }) => reports.length > 0);
      const offset = offsetOf(reported);
      for (const seen of tracks) {
        const toNtp = seen.reports.length > 0 ? lineThrough(ntpLine(seen)) : undefined;
        const own = lineThrough(ownLine(seen));
        const toHub = toNtp && offset ? (ms: number) => toNtp(ms) + offset(toNtp(ms)) : own;
        lines.set(seen.described.id, { seen, toHub });
      }
    }
    // Timestamps are read a second time, in the same order: they are unwrapped from the beginning again.
    const again = new Map([...lines].map(([id]) => [id, unwrapper(32)]));
    return {
      timeOf: (trackId, timestamp) => {
        const line = lines.get(trackId);
        const unwrap = again.get(trackId);
        if (!line || !unwrap) throw new Error(`no clock for the stream ${trackId}`);
        return line.toHub((unwrap(timestamp) / line.seen.described.clockRate) * 1000);
      },
    };
  }
}

const open = (described: RecordedTrack): Seen => ({
  described,
  unwrap: unwrapper(32),
  quickest: [],
  reports: [],
  lastMediaMs: 0,
});

function seePacket(seen: Seen, timestamp: number, at: number): void {
  const mediaMs = (seen.unwrap(timestamp) / seen.described.clockRate) * 1000;
  seen.lastMediaMs = mediaMs;
  const window = Math.floor(at / windowMs);
  const delayMs = at - mediaMs;
  const last = seen.quickest.at(-1);
  if (last?.window !== window) seen.quickest.push({ mediaMs, delayMs, window });
  else if (delayMs < last.delayMs) Object.assign(last, { mediaMs, delayMs });
}

function seeReport(seen: Seen, { ntpMs, rtpTimestamp }: SenderReport): void {
  // Before the first packet there is nothing that it could be compared with.
  if (seen.quickest.length === 0) return;
  const { clockRate } = seen.described;
  const step = (rtpTimestamp - (seen.lastMediaMs / 1000) * clockRate) | 0;
  const awayMs = (step / clockRate) * 1000;
  if (Math.abs(awayMs) < nearMs) seen.reports.push({ mediaMs: seen.lastMediaMs + awayMs, ntpMs });
}

/** A report that is half a second beside the others is a sender's mistake, as some make before their first packet. */
function ntpLine(seen: Seen): Line {
  const came = lineThrough(ownLine(seen));
  const shifts = seen.reports.map(({ mediaMs, ntpMs }) => came(mediaMs) - ntpMs);
  const median = shifts.toSorted((a, b) => a - b)[Math.floor(shifts.length / 2)] ?? 0;
  const sound = seen.reports.filter((_, at) => Math.abs((shifts[at] ?? 0) - median) < oddMs);
  return ascending(sound.map(({ mediaMs, ntpMs }) => ({ x: mediaMs, y: ntpMs })));
}

const ownLine = ({ quickest }: Seen): Line =>
  ascending(quickest.map(({ mediaMs, delayMs }) => ({ x: mediaMs, y: mediaMs + delayMs })));

/** A sender that was suspended may tell the past again. */
const ascending = (line: Line): Line => {
  const sorted = line.toSorted((a, b) => a.x - b.x);
  return sorted.filter(({ x, y }, at) => {
    const before = sorted[at - 1];
    return before === undefined || (x > before.x && y > before.y);
  });
};

/** The hub's clock less the sender's, over the sender's. */
function offsetOf(tracks: readonly Seen[]): ((ntpMs: number) => number) | undefined {
  const points = tracks.flatMap((seen) => {
    const toNtp = lineThrough(ntpLine(seen));
    return seen.quickest.map(({ mediaMs, delayMs, window }) => {
      const ntp = toNtp(mediaMs);
      return { window, x: ntp, y: mediaMs + delayMs - ntp };
    });
  });
  if (points.length === 0) return undefined;
  const windows = [...Map.groupBy(points, ({ window }) => window).values()].map((group) =>
    group.reduce((least, point) => (point.y < least.y ? point : least)),
  );
  return interpolate(slowed(windows.toSorted((a, b) => a.x - b.x)));
}

/** The least line through or under the points that rises and falls no faster than clocks do. */
function slowed(points: Line): Line {
  const line = points.map((point) => ({ ...point }));
  const hold = (point: Line[number], beside: Line[number] | undefined) => {
    if (!beside) return;
    const most = beside.y + mostDrift * Math.abs(point.x - beside.x);
    if (point.y > most && point.y - most < longestQueueMs) point.y = most;
  };
  for (const [at, point] of line.entries()) hold(point, line[at - 1]);
  for (const [at, point] of [...line.entries()].reverse()) hold(point, line[at + 1]);
  return line;
}

/** Between two points the line between them, outside the nearest one's value: for what changes slowly. */
function interpolate(points: Line): (x: number) => number {
  return (x) => {
    const next = points.findIndex((point) => point.x >= x);
    const after = points[next];
    const before = points[(next === -1 ? points.length : next) - 1];
    if (!after || !before) return (after ?? before)?.y ?? 0;
    return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x || 1);
  };
}

/** A clock's line: outside its points it goes on at one millisecond a millisecond. */
function lineThrough(points: Line): (x: number) => number {
  const shift = interpolate(points.map(({ x, y }) => ({ x, y: y - x })));
  return (x) => x + shift(x);
}
