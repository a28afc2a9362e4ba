import { randomBytes } from 'node:crypto';
import type {
  PlainTransport,
  Producer,
  Router,
  RtpCapabilities,
  RtpParameters,
  SrtpCryptoSuite,
} from 'mediasoup/types';
import { codecs, type MediaWorker, startMediaWorker } from '../../server/api/consultation/media/media-worker.ts';
import type { SentStream } from './rooms-source.ts';

/** What browsers send for a camera: a quarter, half and all of it, in kb/s. */
export const cameraLayers = [150, 500, 1500];
const speechKbps = 32;
const keyBytes: Partial<Record<SrtpCryptoSuite, number>> = { AEAD_AES_256_GCM: 44, AES_CM_128_HMAC_SHA1_80: 30 };

export interface MediaBench {
  media: MediaWorker;
  router: Router;
  close(): void;
}

/** One media worker as a node has it, with one router. */
export async function openMediaBench(workerBin: string): Promise<MediaBench> {
  const settings = { MEDIASOUP_WORKER_BIN: workerBin, HUB_RTC_PORT: 0, HUB_RTC_ANNOUNCED_ADDRESS: '127.0.0.1' };
  const media = await startMediaWorker(settings, 0);
  const router = await media.worker.createRouter({ mediaCodecs: codecs });
  return { media, router, close: () => media.worker.close() };
}

const plain = (router: Router, more: object): Promise<PlainTransport> =>
  router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true, ...more });

/** Somebody who speaks and is seen. @returns what the source has to send, and what came of it */
export async function addSpeaker(
  router: Router,
  number: number,
  layers: readonly number[],
): Promise<{ streams: SentStream[]; producers: Producer[] }> {
  const transport = await plain(router, { comedia: true });
  const port = transport.tuple.localPort;
  const first = (number + 1) * 10_000;
  const video = layers.map((kbps, at) => ({
    ...{ port, kind: 'video' as const, ssrc: first + at, payloadType: 101, kbps },
  }));
  const audio = { port, kind: 'audio' as const, ssrc: first + 9, payloadType: 100, kbps: speechKbps };
  const rtp = (streams: readonly SentStream[], codec: RtpParameters['codecs'][number]): RtpParameters => ({
    codecs: [codec],
    encodings: streams.map(({ ssrc }) => ({ ssrc, ...(streams.length > 1 ? { scalabilityMode: 'L1T3' } : {}) })),
    rtcp: { cname: `speaker-${number}` },
  });
  const opus = { mimeType: 'audio/opus' as const, payloadType: 100, clockRate: 48_000, channels: 2 };
  const vp8 = { mimeType: 'video/VP8' as const, payloadType: 101, clockRate: 90_000, rtcpFeedback: [{ type: 'nack' }] };
  const producers = [
    await transport.produce({ kind: 'audio', rtpParameters: rtp([audio], opus) }),
    await transport.produce({ kind: 'video', rtpParameters: rtp(video, vp8) }),
  ];
  return { streams: [...video, audio], producers };
}

/** A receiver that says nothing of its bandwidth, as the farm does not: a worker would send it less and less. */
function unmeasured({ rtpCapabilities: { codecs: known = [] } }: Router): RtpCapabilities {
  const isOfBandwidth = ({ type }: { type: string }) => type === 'goog-remb' || type === 'transport-cc';
  const quiet = known.map((codec) => ({
    ...codec,
    rtcpFeedback: codec.rtcpFeedback?.filter((feedback) => !isOfBandwidth(feedback)),
  }));
  return { codecs: quiet as RtpCapabilities['codecs'], headerExtensions: [] };
}

/**
 * Somebody who gets everything at full quality at a port of the farm, encrypted where a suite is given.
 * @returns how many streams that is
 */
export async function addReceiver(
  router: Router,
  producers: readonly Producer[],
  to: { port: number; suite?: SrtpCryptoSuite },
): Promise<number> {
  const { port, suite } = to;
  const transport = await plain(router, suite ? { enableSrtp: true, srtpCryptoSuite: suite } : {});
  const keyBase64 = randomBytes(suite ? (keyBytes[suite] ?? 30) : 0).toString('base64');
  await transport.connect({
    ip: '127.0.0.1',
    port,
    ...(suite ? { srtpParameters: { cryptoSuite: suite, keyBase64 } } : {}),
  });
  const rtpCapabilities = unmeasured(router);
  for (const producer of producers) {
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities });
    if (consumer.type === 'simulcast') await consumer.setPreferredLayers({ spatialLayer: 2, temporalLayer: 2 });
  }
  return producers.length;
}
