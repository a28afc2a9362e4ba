import { z } from 'zod';
import type { Measured, RouteMeasure } from './site-check-measures.ts';

export const siteItems = [
  'browser',
  'codecs',
  'camera',
  'microphone',
  'loudspeaker',
  'udp',
  'tcp',
  'turn',
  'loss',
  'delay',
  'jitter',
  'down',
  'up',
  'clock',
  'storage',
] as const;
export type SiteItem = (typeof siteItems)[number];

export const Verdict = z.enum(['pass', 'warn', 'fail', 'skipped']);
export type Verdict = z.infer<typeof Verdict>;

/** Each has a sentence on the page that says what to do. */
export const siteAdvice = [
  'fine',
  'not-tried',
  'not-secure',
  'no-webrtc',
  'old-browser',
  'no-opus',
  'no-video-codec',
  'device-missing',
  'device-denied',
  'device-busy',
  'device-failed',
  'mic-silent',
  'camera-dark',
  'camera-coarse',
  'not-heard',
  'udp-closed-others-open',
  'all-closed',
  'tcp-closed',
  'turn-absent',
  'turn-closed',
  'loss-high',
  'delay-high',
  'jitter-high',
  'narrow',
  'too-narrow',
  'clock-off',
  'storage-short',
  'storage-forgets',
] as const;
export const SiteAdvice = z.enum(siteAdvice);
export type SiteAdvice = z.infer<typeof SiteAdvice>;

export const SiteFinding = z.object({ item: z.enum(siteItems), verdict: Verdict, advice: SiteAdvice });
export type SiteFinding = z.infer<typeof SiteFinding>;
type Judged = [Verdict, SiteAdvice];

/**
 * Where good ends and where bad begins. Loss, delay and jitter: ITU-T G.114 calls 150 ms one way good and 400 ms the
 * limit (doubled here for the round trip); Opus with FEC hides single lost packets up to about a tenth. Bandwidth:
 * 64 kb/s carries the voice and the shared picture's state, 300 kb/s a camera's small layer, 1.5 Mb/s all of them.
 */
export const siteLimits = {
  lossPercent: { warn: 2, fail: 10 },
  rttMs: { warn: 300, fail: 800 },
  jitterMs: { warn: 30, fail: 100 },
  downKbps: { warn: 1500, fail: 300 },
  upKbps: { warn: 800, fail: 128 },
  /** A clock more than a second off is told. */
  clockMs: { warn: 1000, fail: 60_000 },
  storageMb: { warn: 500 },
} as const;

const fine: Judged = ['pass', 'fine'];
const skipped: Judged = ['skipped', 'not-tried'];

/** @returns a verdict and an advice for every item, in the order of the page */
export function judgeSite(measured: Measured): SiteFinding[] {
  const best = bestRoute(measured);
  const verdicts: Record<SiteItem, Judged> = {
    browser: judgeBrowser(measured.browser),
    codecs: judgeCodecs(measured.browser),
    camera: judgeCamera(measured.camera),
    microphone: judgeDevice(measured.microphone.state),
    loudspeaker:
      measured.loudspeaker.state === 'heard'
        ? fine
        : measured.loudspeaker.state === 'not-heard'
          ? ['fail', 'not-heard']
          : skipped,
    ...judgeRoutes(measured),
    loss: above(best?.lossPercent, siteLimits.lossPercent, 'loss-high'),
    delay: above(best?.rttMs, siteLimits.rttMs, 'delay-high'),
    jitter: above(best?.jitterMs, siteLimits.jitterMs, 'jitter-high'),
    down: below(measured.bandwidth.downKbps, siteLimits.downKbps),
    up: below(measured.bandwidth.upKbps, siteLimits.upKbps),
    clock: above(
      measured.clock.offsetMs === null ? null : Math.abs(measured.clock.offsetMs),
      siteLimits.clockMs,
      'clock-off',
    ),
    storage: judgeStorage(measured.storage),
  };
  return siteItems.map((item) => ({ item, verdict: verdicts[item][0], advice: verdicts[item][1] }));
}

/** The whole is as bad as its worst part; what was not tried does not count. */
export function overallOf(findings: readonly SiteFinding[]): 'pass' | 'warn' | 'fail' {
  if (findings.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return findings.some(({ verdict }) => verdict === 'warn') ? 'warn' : 'pass';
}

/** The way that a session would take: UDP, else TCP, else TURN. */
export const bestRoute = ({ udp, tcp, turn }: Pick<Measured, 'udp' | 'tcp' | 'turn'>): RouteMeasure | undefined =>
  [udp, tcp, turn].find(({ state }) => state === 'open');

function judgeRoutes(measured: Measured): Record<'udp' | 'tcp' | 'turn', Judged> {
  const { udp, tcp, turn } = measured;
  const isAny = bestRoute(measured) !== undefined;
  const closed = (other: SiteAdvice): Judged => (isAny ? ['warn', other] : ['fail', 'all-closed']);
  return {
    udp: udp.state === 'open' ? fine : udp.state === 'closed' ? closed('udp-closed-others-open') : skipped,
    tcp: tcp.state === 'open' ? fine : tcp.state === 'closed' ? closed('tcp-closed') : skipped,
    turn:
      turn.state === 'open'
        ? fine
        : turn.state === 'closed'
          ? closed('turn-closed')
          : turn.state === 'absent'
            ? ['warn', 'turn-absent']
            : skipped,
  };
}

function judgeBrowser({ isSecure, hasWebRtc, hasWasm }: Measured['browser']): Judged {
  // A page that is not secure has no camera and no microphone, whatever the browser.
  if (!isSecure) return ['fail', 'not-secure'];
  if (!hasWebRtc) return ['fail', 'no-webrtc'];
  return hasWasm ? fine : ['fail', 'old-browser'];
}

function judgeCodecs({ hasWebRtc, audioCodecs, videoCodecs }: Measured['browser']): Judged {
  if (!hasWebRtc) return skipped;
  const has = (list: string[], name: string) => list.some((codec) => codec.toLowerCase().endsWith(`/${name}`));
  if (!has(audioCodecs, 'opus')) return ['fail', 'no-opus'];
  return has(videoCodecs, 'vp8') || has(videoCodecs, 'h264') ? fine : ['warn', 'no-video-codec'];
}

function judgeCamera({ state, width }: Measured['camera']): Judged {
  const [verdict, advice] = judgeDevice(state);
  // Without a camera one can still speak and see the same images.
  if (verdict === 'fail') return ['warn', advice];
  return state === 'works' && width > 0 && width < 640 ? ['warn', 'camera-coarse'] : [verdict, advice];
}

function judgeDevice(state: Measured['camera']['state']): Judged {
  const told: Record<typeof state, Judged> = {
    works: fine,
    'not-tried': skipped,
    silent: ['fail', 'mic-silent'],
    dark: ['warn', 'camera-dark'],
    missing: ['fail', 'device-missing'],
    denied: ['fail', 'device-denied'],
    busy: ['fail', 'device-busy'],
    failed: ['fail', 'device-failed'],
  };
  return told[state];
}

function judgeStorage({ freeMb, isKept }: Measured['storage']): Judged {
  if (!isKept) return ['warn', 'storage-forgets'];
  if (freeMb === null) return skipped;
  return freeMb < siteLimits.storageMb.warn ? ['warn', 'storage-short'] : fine;
}

function above(value: number | null | undefined, limit: { warn: number; fail: number }, advice: SiteAdvice): Judged {
  if (value === null || value === undefined) return skipped;
  return value >= limit.fail ? ['fail', advice] : value >= limit.warn ? ['warn', advice] : fine;
}

function below(value: number | null, limit: { warn: number; fail: number }): Judged {
  if (value === null) return skipped;
  return value < limit.fail ? ['fail', 'too-narrow'] : value < limit.warn ? ['warn', 'narrow'] : fine;
}
