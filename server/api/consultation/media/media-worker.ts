import type { Config } from '@lianzhen/platform/config.ts';
import { createWorker } from 'mediasoup';
import type { RouterRtpCodecCapability, WebRtcServer, Worker } from 'mediasoup/types';

/** One media worker and the ports that it listens on. */
export interface MediaWorker {
  index: number;
  worker: Worker;
  server: WebRtcServer;
  /** Streams that it sends to people: what its work is measured by. */
  consumers: number;
  producers: number;
}

/** What rooms speak. Opus is repaired by FEC and NACK and silent with DTX (RFC 7587); the browser turns them on as it sends. */
export const codecs: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  // Scalable layers in one stream, for browsers that send them.
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  // Phones encode it in hardware.
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
];

type MediaSettings = Pick<Config, 'MEDIASOUP_WORKER_BIN' | 'HUB_RTC_PORT' | 'HUB_RTC_ANNOUNCED_ADDRESS'>;

/** Starts a worker with its one WebRtcServer, UDP and TCP, on the announced port plus its index. */
export async function startMediaWorker(config: MediaSettings, index: number): Promise<MediaWorker> {
  const worker = await createWorker({ workerBin: config.MEDIASOUP_WORKER_BIN, logLevel: 'warn' });
  const port = config.HUB_RTC_PORT === 0 ? 0 : config.HUB_RTC_PORT + index;
  const announcedAddress = config.HUB_RTC_ANNOUNCED_ADDRESS;
  const listenInfos = (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip: '0.0.0.0',
    announcedAddress,
    port,
  }));
  try {
    return { index, worker, server: await worker.createWebRtcServer({ listenInfos }), consumers: 0, producers: 0 };
  } catch (cause) {
    worker.close();
    throw cause;
  }
}
