import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { PlainTransport, Producer, Router, RtpCodecParameters } from 'mediasoup/types';

/** Every two seconds a tenth of a second of white and of a tone of 1 kHz, at the same moment. */
const everySeconds = 2;

export interface FlashingPerson {
  audio: Producer;
  video: Producer;
  /** Done when ffmpeg has sent everything. */
  ended: Promise<void>;
  stop(): void;
}

/** How ffmpeg encodes a picture as a browser does: no picture waits for a later one, a key frame each second. */
const encoders = {
  VP8: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
  VP9: [
    '-c:v',
    'libvpx-vp9',
    '-deadline',
    'realtime',
    '-cpu-used',
    '8',
    '-lag-in-frames',
    '0',
    '-strict',
    'experimental',
  ],
  H264: [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-profile:v',
    'baseline',
    '-pix_fmt',
    'yuv420p',
  ],
};
export type PictureCodec = keyof typeof encoders;
const describedAs: Record<PictureCodec, Record<string, unknown>> = {
  VP8: {},
  VP9: { 'profile-id': 0 },
  H264: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
};

/** Sends flashes and beeps into a router as RTP with sender reports, through a link that loses so many of the packets. */
export async function sendFlashes(
  router: Router,
  seconds: number,
  lossPercent = 0,
  codec: PictureCodec = 'VP8',
): Promise<FlashingPerson> {
  const clock: MediaClock = {};
  const opus = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 };
  const picture = { mimeType: `video/${codec}`, payloadType: 101, clockRate: 90_000, parameters: describedAs[codec] };
  const audio = await plainProducer(router, 'audio', opus, lossPercent, clock);
  const video = await plainProducer(router, 'video', picture, lossPercent, clock);
  const isOn = `lt(mod(t\\,${everySeconds})\\,0.1)`;
  // Grain makes pictures of many packets; where packets are lost, small ones leave some pictures whole.
  const ground = `color=black:s=320x240:r=30${lossPercent === 0 ? ',scale=640:480,noise=alls=12:allf=t' : ''}`;
  const source = [
    ...['-re', '-f', 'lavfi', '-i', `${ground},drawbox=color=white:t=fill:enable='${isOn}'`],
    ...['-re', '-f', 'lavfi', '-i', `aevalsrc='if(${isOn}\\,0.5*sin(2*PI*1000*t)\\,0)':s=48000`],
  ];
  const time = ['-t', String(seconds)];
  const encoded = [...encoders[codec], '-b:v', '300k', '-g', '30'];
  const sound = ['-c:a', 'libopus', '-b:a', '32k', '-frame_duration', '20', '-application', 'audio'];
  const child = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', ...source],
      ...['-map', '0:v', ...time, ...encoded, '-f', 'rtp', '-ssrc', '2222', '-payload_type', '101', video.url],
      ...['-map', '1:a', ...time, ...sound, '-f', 'rtp', '-ssrc', '1111', '-payload_type', '100', audio.url],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const stop = () => {
    child.kill('SIGKILL');
    for (const link of [audio, video]) link.close();
  };
  return { audio: audio.producer, video: video.producer, ended: ended(child), stop };
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('close', () => resolve()));

async function plainProducer(
  router: Router,
  kind: 'audio' | 'video',
  codec: RtpCodecParameters,
  lossPercent: number,
  clock: MediaClock,
) {
  const transport = await router.createPlainTransport({ listenIp: '127.0.0.1', rtcpMux: false, comedia: true });
  const producer = await transport.produce({
    kind,
    rtpParameters: {
      codecs: [codec],
      encodings: [{ ssrc: kind === 'audio' ? 1111 : 2222 }],
      rtcp: { cname: 'one-person' },
    },
  });
  const ssrc = kind === 'audio' ? 1111 : 2222;
  const link = await lossyLink(transport, lossPercent, { ssrc, clockRate: codec.clockRate, clock });
  // ffmpeg's own reports go nowhere: each of its streams begins its clock when it happens to be ready.
  const url = `rtp://127.0.0.1:${link.port}?rtcpport=9&pkt_size=1200`;
  const close = () => {
    link.close();
    transport.close();
  };
  return { producer, url, close };
}

/** When both streams began, by the sender's clock. */
interface MediaClock {
  beganMs?: number;
}

/**
 * Passes on what comes but for some of the packets, by a fixed throw of the dice, and sends a report each half second as a
 * browser does: both streams' first timestamps are the same moment.
 */
async function lossyLink(
  transport: PlainTransport,
  lossPercent: number,
  { ssrc, clockRate, clock }: { ssrc: number; clockRate: number; clock: MediaClock },
): Promise<{ port: number; close: () => void }> {
  const socket = createSocket('udp4');
  let seed = 20_261_122;
  let first: number | undefined;
  socket.on('message', (packet) => {
    first ??= packet.readUInt32BE(4);
    clock.beganMs ??= Date.now();
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    if ((seed >> 8) % 100 >= lossPercent) socket.send(packet, transport.tuple.localPort, '127.0.0.1');
  });
  const timer = setInterval(() => {
    if (first === undefined || clock.beganMs === undefined) return;
    const now = Date.now();
    const timestamp = (first + Math.round(((now - clock.beganMs) / 1000) * clockRate)) % 2 ** 32;
    socket.send(senderReport(ssrc, now, timestamp), transport.rtcpTuple?.localPort ?? 0, '127.0.0.1');
  }, 500);
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const close = () => {
    clearInterval(timer);
    socket.close();
  };
  return { port: (socket.address() as AddressInfo).port, close };
}

/** RFC 3550, 6.4.1, without a report of receiving. */
function senderReport(ssrc: number, nowMs: number, timestamp: number): Buffer {
  const packet = Buffer.alloc(28);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8(200, 1);
  packet.writeUInt16BE(6, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE(Math.floor(nowMs / 1000) + 2_208_988_800, 8);
  packet.writeUInt32BE(Math.floor(((nowMs % 1000) / 1000) * 2 ** 32), 12);
  packet.writeUInt32BE(timestamp, 16);
  return packet;
}

/** Beside others that are still being sent: their packets go through this process. */
async function decode(args: string[]): Promise<Buffer> {
  const whole = { encoding: 'buffer', maxBuffer: 1 << 30 } as const;
  return (await promisify(execFile)('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args, '-'], whole)).stdout;
}

/** When it gets light in a file, in seconds. */
export async function flashesIn(path: string, framesPerSecond: number): Promise<number[]> {
  const side = 16;
  const pixels = await decode([
    '-i',
    path,
    '-vf',
    `scale=${side}:${side},fps=${framesPerSecond}`,
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
  ]);
  const frames = Math.floor(pixels.length / (side * side));
  const bright = Array.from({ length: frames }, (_, n) => {
    const frame = pixels.subarray(n * side * side, (n + 1) * side * side);
    return frame.reduce((sum, value) => sum + value, 0) / frame.length > 60;
  });
  return beginnings(bright).map((n) => n / framesPerSecond);
}

/** When a tone begins in a file, in seconds. */
export async function beepsIn(path: string): Promise<number[]> {
  const rate = 8000;
  const step = 40;
  const samples = await decode(['-i', path, '-ac', '1', '-ar', String(rate), '-f', 's16le']);
  const loud = Array.from({ length: Math.floor(samples.length / 2 / step) }, (_, n) => {
    let peak = 0;
    for (let at = n * step; at < (n + 1) * step; at++) peak = Math.max(peak, Math.abs(samples.readInt16LE(at * 2)));
    return peak > 3000;
  });
  // Between the waves of a tone it is quiet for less than a step; between two beeps for seconds.
  return beginnings(loud, Math.round((0.5 * rate) / step)).map((n) => (n * step) / rate);
}

/** Where a row of truths begins that was preceded by so many that are not. */
function beginnings(row: readonly boolean[], quiet = 3): number[] {
  const found: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [at, isTrue] of row.entries()) {
    if (!isTrue) continue;
    if (at - last > quiet) found.push(at);
    last = at;
  }
  return found;
}
