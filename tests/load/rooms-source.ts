import { createSocket } from 'node:dgram';

/** One RTP stream as a browser would send it: VP8 with three temporal layers and 30 frames a second, or Opus. */
export interface SentStream {
  /** On 127.0.0.1. */
  port: number;
  kind: 'audio' | 'video';
  ssrc: number;
  payloadType: number;
  kbps: number;
}

const framesPerSecond = { audio: 50, video: 30 };
const clockRates = { audio: 48_000, video: 90_000 };
/** With its headers such a packet fits into the 1200 bytes that browsers send. */
const mostPayload = 1150;
/** A packet ends with when it was sent, in nanoseconds of the machine's clock. */
export const stampBytes = 8;
const temporalIds = [0, 2, 1, 2];
const keyFrameEvery = 60;
/** Seconds from 1900, where NTP begins, to 1970. */
const ntpEpoch = 2_208_988_800;

class Sending {
  readonly #stream: SentStream;
  #sequence = 0;
  #frame = 0;
  #tl0 = 0;
  #packets = 0;
  #octets = 0;

  constructor(stream: SentStream) {
    this.#stream = stream;
  }

  get #timestamp(): number {
    const { kind } = this.#stream;
    return (this.#frame * (clockRates[kind] / framesPerSecond[kind])) >>> 0;
  }

  /** The packets of the next frame. */
  next(): Buffer[] {
    const { kind, kbps } = this.#stream;
    const bytes = Math.max(stampBytes + 20, Math.round((kbps * 1000) / 8 / framesPerSecond[kind]));
    const count = Math.ceil(bytes / mostPayload);
    const temporalId = temporalIds[this.#frame % 4] ?? 0;
    if (temporalId === 0) this.#tl0 = (this.#tl0 + 1) & 0xff;
    const packets = Array.from({ length: count }, (_, at) => {
      const head = this.#header(at === count - 1);
      const codec = kind === 'video' ? this.#vp8(at === 0, temporalId) : Buffer.alloc(0);
      const body = Buffer.alloc(Math.ceil(bytes / count), 0x55);
      if (kind === 'video' && at === 0) body[0] = this.#frame % keyFrameEvery === 0 ? 0x10 : 0x11;
      body.writeBigUInt64BE(process.hrtime.bigint(), body.length - stampBytes);
      this.#packets += 1;
      this.#octets += codec.length + body.length;
      return Buffer.concat([head, codec, body]);
    });
    this.#frame += 1;
    return packets;
  }

  /** RFC 3550, 5.1. */
  #header(isLast: boolean): Buffer {
    const { payloadType, ssrc, kind } = this.#stream;
    const head = Buffer.alloc(12);
    head[0] = 0x80;
    head[1] = payloadType | (isLast && kind === 'video' ? 0x80 : 0);
    head.writeUInt16BE(this.#sequence, 2);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    head.writeUInt32BE(this.#timestamp, 4);
    head.writeUInt32BE(ssrc, 8);
    return head;
  }

  /** RFC 7741, 4.2: with a picture id of 15 bits, TL0PICIDX and a temporal layer. */
  #vp8(isFirst: boolean, temporalId: number): Buffer {
    const picture = this.#frame & 0x7fff;
    return Buffer.from([
      0x80 | (isFirst ? 0x10 : 0),
      0x80 | 0x40 | 0x20,
      0x80 | (picture >> 8),
      picture & 0xff,
      this.#tl0,
      // Y: it leans on the base layer alone, so that a receiver may go up here.
      (temporalId << 6) | 0x20,
    ]);
  }

  /** RFC 3550, 6.4.1: without it a receiver cannot go from one layer of a simulcast to another. */
  report(): Buffer {
    const packet = Buffer.alloc(28);
    packet[0] = 0x80;
    packet[1] = 200;
    packet.writeUInt16BE(6, 2);
    packet.writeUInt32BE(this.#stream.ssrc, 4);
    const seconds = Date.now() / 1000 + ntpEpoch;
    packet.writeUInt32BE(Math.floor(seconds), 8);
    packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), 12);
    packet.writeUInt32BE(this.#timestamp, 16);
    packet.writeUInt32BE(this.#packets, 20);
    packet.writeUInt32BE(this.#octets >>> 0, 24);
    return packet;
  }
}

/** Calls as often as it should have been called by now, so that a late timer loses nothing. */
function pace(perSecond: number, act: () => void): void {
  const began = performance.now();
  let done = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    for (; done < due; done++) act();
  }, 5);
}

/** A process of its own: `process.send` the streams once, and they flow until it is killed or its parent is gone. */
function flow(streams: readonly SentStream[]): void {
  const socket = createSocket('udp4');
  for (const stream of streams) {
    const sending = new Sending(stream);
    const deliver = (packet: Buffer) => socket.send(packet, stream.port, '127.0.0.1');
    pace(framesPerSecond[stream.kind], () => sending.next().forEach(deliver));
    pace(1, () => deliver(sending.report()));
  }
}
// Others read the shapes of this file, and speak to their own children in words of their own.
if (import.meta.main) {
  process.once('message', flow);
  process.once('disconnect', () => process.exit());
}
