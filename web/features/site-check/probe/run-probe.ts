import type { Probe, ProbeRoute, StartProbe } from '@lianzhen/contracts/site-check.ts';
import type { RouteMeasure } from '@lianzhen/contracts/site-check-measures.ts';
import { echoNumbers } from './echo-numbers.ts';
import { answerOf, fingerprintOf } from './probe-answer.ts';

/** As many and as large as the packets of three seconds of speech (Opus, 20 ms). */
const packets = 150;
const everyMs = 20;
const packetBytes = 160;
const lastEchoMs = 1500;
const connectMs = 12_000;

const nothing = { connectMs: null, rttMs: null, jitterMs: null, lossPercent: null, sent: 0 };

/**
 * Opens a data channel to a media node over one way alone and sends packets as speech would. The channel repeats nothing
 * (no retransmission, no order), so what is lost is seen to be lost.
 * @param start asks the hub for a probe
 * @throws what `start` throws; a way that cannot be opened is a value
 */
export async function runProbe(
  route: ProbeRoute,
  start: (input: StartProbe) => Promise<Probe>,
  signal: AbortSignal,
): Promise<RouteMeasure> {
  // One certificate for the question and the connection, which is made when the answer says which servers there are.
  const certificate = await RTCPeerConnection.generateCertificate({
    name: 'ECDSA',
    namedCurve: 'P-256',
  } as EcKeyGenParams);
  const probe = await start({ route, dtlsFingerprint: await fingerprintIn(certificate) });
  signal.throwIfAborted();
  if (route === 'turn' && probe.iceServers.length === 0) return { state: 'absent', ...nothing };
  const link = new RTCPeerConnection({
    certificates: [certificate],
    iceServers: probe.iceServers,
    iceTransportPolicy: route === 'turn' ? 'relay' : 'all',
  });
  const stop = () => link.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const began = performance.now();
    const channel = link.createDataChannel('probe', {
      negotiated: true,
      id: probe.streamId,
      ordered: false,
      maxRetransmits: 0,
    });
    channel.binaryType = 'arraybuffer';
    await link.setLocalDescription();
    await link.setRemoteDescription({ type: 'answer', sdp: answerOf(probe) });
    if (!(await isOpened(channel, link))) return { state: 'closed', ...nothing };
    const took = Math.round(performance.now() - began);
    return { state: 'open', connectMs: took, ...echoNumbers(await echo(channel)) };
  } finally {
    signal.removeEventListener('abort', stop);
    link.close();
  }
}

async function fingerprintIn(certificate: RTCCertificate): Promise<StartProbe['dtlsFingerprint']> {
  const [known] = certificate.getFingerprints?.() ?? [];
  if (known?.algorithm && known.value)
    return { algorithm: known.algorithm as StartProbe['dtlsFingerprint']['algorithm'], value: known.value };
  // Firefox tells it in an offer only.
  const asker = new RTCPeerConnection({ certificates: [certificate] });
  asker.createDataChannel('probe');
  const { sdp = '' } = await asker.createOffer();
  asker.close();
  return fingerprintOf(sdp) as StartProbe['dtlsFingerprint'];
}

function isOpened(channel: RTCDataChannel, link: RTCPeerConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), connectMs);
    const finish = (isOpen: boolean) => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    channel.addEventListener('open', () => finish(true), { once: true });
    link.addEventListener('connectionstatechange', () => {
      if (link.connectionState === 'failed' || link.connectionState === 'closed') finish(false);
    });
  });
}

/** @returns the round trip of each packet in milliseconds, undefined where it did not come back in time */
async function echo(channel: RTCDataChannel): Promise<(number | undefined)[]> {
  const sentAt: number[] = [];
  const roundTrips: (number | undefined)[] = [];
  channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    const number = new DataView(data).getUint32(0);
    const at = sentAt[number];
    if (at !== undefined) roundTrips[number] ??= performance.now() - at;
  });
  const began = performance.now();
  while (sentAt.length < packets && channel.readyState === 'open') {
    const packet = new DataView(new ArrayBuffer(packetBytes));
    packet.setUint32(0, sentAt.length);
    roundTrips.push(undefined);
    sentAt.push(performance.now());
    channel.send(packet.buffer);
    // By the clock, not by the timer: a page in the background or a slow machine is late but does not drift.
    await wait(Math.max(0, began + sentAt.length * everyMs - performance.now()));
  }
  const until = performance.now() + lastEchoMs;
  while (roundTrips.includes(undefined) && performance.now() < until) await wait(50);
  return roundTrips;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
