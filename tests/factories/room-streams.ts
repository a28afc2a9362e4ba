import { randomInt, randomUUID } from 'node:crypto';
import type { Source } from '@lianzhen/contracts/room-signals.ts';
import type { Sitting } from './room-node.ts';

/** One Opus stream or one VP8 camera with three layers, as a browser describes it. */
export function rtpOf(kind: 'audio' | 'video') {
  const ssrc = randomInt(1, 2 ** 31);
  const codec =
    kind === 'audio'
      ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
      : { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 };
  const encodings = kind === 'audio' ? [{ ssrc }] : [0, 1, 2].map((n) => ({ ssrc: ssrc + n, scalabilityMode: 'L1T3' }));
  return {
    mid: String(randomInt(1000)),
    codecs: [
      {
        ...codec,
        parameters: {},
        rtcpFeedback: kind === 'audio' ? [] : [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
      },
    ],
    headerExtensions: [],
    encodings,
    rtcp: { cname: randomUUID().slice(0, 8) },
  };
}

/** What a browser does first: says what it can play, and opens both ways. */
export async function openTransports(sitting: Sitting) {
  await sitting.ask('capabilities', { rtpCapabilities: sitting.joined?.routerRtpCapabilities ?? {} });
  const send = await sitting.ask('createTransport', { direction: 'send' });
  const receive = await sitting.ask('createTransport', { direction: 'receive' });
  return { send, receive };
}

export async function startSending(sitting: Sitting, transportId: string, source: Source = 'microphone') {
  const kind = source === 'microphone' ? 'audio' : 'video';
  const wanted = { requestId: randomUUID(), transportId, source, kind, rtpParameters: rtpOf(kind) } as const;
  const { producerId } = await sitting.ask('produce', wanted);
  return { producerId, wanted };
}
