import { z } from 'zod';
import { Line } from './fields.ts';

const Kbps = z.number().min(0).max(1e8).nullable();
const Ms = z.number().min(0).max(120_000).nullable();

/** One way to the media node. Null numbers were not measured. */
export const RouteMeasure = z.object({
  /** `absent`: the hub offers no such way, for example no TURN server on 443. */
  state: z.enum(['open', 'closed', 'absent', 'not-tried']),
  connectMs: Ms,
  /** Median round trip, and the mean difference of neighbours (RFC 3550 6.4.1 without its smoothing). */
  rttMs: Ms,
  jitterMs: Ms,
  lossPercent: z.number().min(0).max(100).nullable(),
  sent: z.number().int().min(0).max(10_000),
});
export type RouteMeasure = z.infer<typeof RouteMeasure>;

const DeviceState = z.enum(['works', 'silent', 'dark', 'missing', 'denied', 'busy', 'failed', 'not-tried']);

/** What the page of the site check measured, as it is sent and kept. */
export const Measured = z.object({
  browser: z.object({
    name: Line(40),
    version: Line(40),
    platform: Line(80),
    isSecure: z.boolean(),
    hasWebRtc: z.boolean(),
    hasWasm: z.boolean(),
    audioCodecs: z.array(Line(40)).max(30),
    videoCodecs: z.array(Line(40)).max(30),
    screen: Line(20),
  }),
  camera: z.object({
    state: DeviceState,
    label: Line(120),
    width: z.number().int().min(0).max(20_000),
    height: z.number().int().min(0).max(20_000),
  }),
  /** The loudest of some seconds, in dB below full scale. */
  microphone: z.object({ state: DeviceState, label: Line(120), peakDb: z.number().min(-200).max(0).nullable() }),
  loudspeaker: z.object({ state: z.enum(['heard', 'not-heard', 'not-tried']) }),
  udp: RouteMeasure,
  tcp: RouteMeasure,
  /** Over nothing but TCP port 443, through the TURN server. */
  turn: RouteMeasure,
  bandwidth: z.object({ downKbps: Kbps, upKbps: Kbps }),
  /** This machine's clock less the hub's, and how far that may be wrong (half of the shortest round trip). */
  clock: z.object({ offsetMs: z.number().min(-1e14).max(1e14).nullable(), uncertaintyMs: Ms }),
  storage: z.object({ freeMb: z.number().min(0).max(1e9).nullable(), isKept: z.boolean() }),
});
export type Measured = z.infer<typeof Measured>;
