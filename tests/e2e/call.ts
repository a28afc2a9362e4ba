import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { eventually } from './browser.ts';

declare global {
  var peerConnections: RTCPeerConnection[];
}

/** A browser whose camera and microphone are made up, and which asks nobody for leave; few pictures, for many share a machine. */
export const launchForCalls = (executablePath: string, args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--use-fake-device-for-media-stream=fps=5',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      ...args,
    ],
  });

/** Keeps the connections of every page of this context where `receivedOf` finds them. */
export async function keepConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Original = globalThis.RTCPeerConnection;
    globalThis.peerConnections = [];
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        globalThis.peerConnections.push(this);
      }
    };
  });
}

/** What one stream has received so far. */
export interface ReceivedStream {
  kind: 'audio' | 'video';
  packets: number;
  lost: number;
  /** Audio: seconds of sound that were played, and those of them that were made up because nothing had come. */
  seconds: number;
  concealedSeconds: number;
  /** Video. */
  frames: number;
}
export interface Received {
  atMs: number;
  streams: ReceivedStream[];
  /** How the receiving connection gets through: `udp` or `tcp`, straight or by a relay. */
  ways: string[];
}

/** What a page receives now, as its connections tell it. */
export const receivedOf = (page: Page): Promise<Received> =>
  page.evaluate(async () => {
    const streams: ReceivedStream[] = [];
    const ways: string[] = [];
    for (const connection of globalThis.peerConnections) {
      if (connection.connectionState === 'closed') continue;
      const reports = [...(await connection.getStats()).values()];
      for (const report of reports) {
        if (report.type === 'inbound-rtp')
          streams.push({
            kind: report.kind,
            packets: report.packetsReceived ?? 0,
            lost: report.packetsLost ?? 0,
            seconds: (report.totalSamplesReceived ?? 0) / 48_000,
            concealedSeconds: (report.concealedSamples ?? 0) / 48_000,
            frames: report.framesDecoded ?? 0,
          });
        if (report.type === 'transport' && report.selectedCandidatePairId) {
          const pair = reports.find(({ id }) => id === report.selectedCandidatePairId);
          const local = reports.find(({ id }) => id === pair?.localCandidateId);
          ways.push(`${local?.candidateType === 'relay' ? `relay/${local.relayProtocol}` : local?.protocol}`);
        }
      }
    }
    return { atMs: performance.now(), streams, ways };
  });

/** Waits until so many streams of a kind grow: sound that is played, pictures that are decoded. */
export async function untilReceiving(page: Page, kind: 'audio' | 'video', atLeast: number): Promise<void> {
  const amount = ({ streams }: Received) =>
    streams.filter((one) => one.kind === kind).map((one) => (kind === 'audio' ? one.packets : one.frames));
  await eventually(async () => {
    const before = amount(await receivedOf(page));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const grown = amount(await receivedOf(page)).filter((now, at) => now > (before[at] ?? 0));
    return grown.length >= atLeast ? true : undefined;
  });
}
