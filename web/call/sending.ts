import type { Source } from '@lianzhen/contracts/room-signals.ts';
import type { types } from 'mediasoup-client';

type Codecs = readonly Pick<types.RtpCodecCapability, 'mimeType' | 'kind'>[];
export type SendOptions = Pick<types.ProducerOptions, 'encodings' | 'codecOptions' | 'codec'>;

/** With fewer cores VP9 takes from the picture viewer what VP8 leaves it. */
const coresForSvc = 4;

export const canSvc = (codecs: Codecs, cores: number): boolean =>
  cores >= coresForSvc && codecs.some(({ mimeType }) => mimeType.toLowerCase() === 'video/vp9');

const voice: SendOptions = {
  codecOptions: {
    // Silence is hardly sent, lost packets are mended from their followers or asked for again.
    opusDtx: true,
    opusFec: true,
    opusNack: true,
    opusStereo: false,
    opusMaxAverageBitrate: 32_000,
    opusPtime: 20,
  },
};

/** Three sizes of a camera, a quarter, half and all of its width, so that each receiver gets what its tile and link need. */
const simulcast = (kbits: readonly [number, number, number]): SendOptions => ({
  encodings: kbits.map((kbit, at) => ({
    scaleResolutionDownBy: 4 >> at,
    maxBitrate: kbit * 1000,
    scalabilityMode: 'L1T3',
  })),
  codecOptions: { videoGoogleStartBitrate: kbits[0] + kbits[1] },
});

const svc = (codecs: Codecs, kbit: number): SendOptions => {
  const codec = codecs.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp9');
  return {
    encodings: [{ scalabilityMode: 'L3T3_KEY', maxBitrate: kbit * 1000 }],
    codecOptions: { videoGoogleStartBitrate: 400 },
    ...(codec ? { codec: codec as types.RtpCodecCapability } : {}),
  };
};

/**
 * How a source is sent. A screen is text: few pictures, each sharp; the examination camera is looked at closely; a face
 * is looked at while one listens.
 * @param codecs that both this browser and the room can send
 */
export function sendOptions(source: Source, codecs: Codecs, cores: number): SendOptions {
  if (source === 'microphone') return voice;
  if (source === 'screen')
    return {
      encodings: [{ maxBitrate: 2_500_000, maxFramerate: 5 }],
      codecOptions: { videoGoogleStartBitrate: 1000 },
    };
  const isClose = source === 'examination';
  if (canSvc(codecs, cores)) return svc(codecs, isClose ? 2500 : 1200);
  return simulcast(isClose ? [200, 700, 2500] : [120, 400, 1200]);
}

/** What an encoder should keep when it cannot keep both: sharpness or motion. */
export const contentHint = (source: Source): string =>
  source === 'microphone' ? 'speech' : source === 'camera' ? 'motion' : 'detail';
