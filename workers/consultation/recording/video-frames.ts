import type { Assembler, Frame, Part } from './frame.ts';
import { h264Picture, isH264Key, isH264Whole } from './h264.ts';
import type { Placed } from './reorder.ts';
import { isVp8Key, vp8Payload } from './vp8.ts';
import { isVp9Key, vp9Payload } from './vp9.ts';

interface Codec {
  /** The packet's part of the picture, or undefined for what is none. */
  part: (payload: Uint8Array) => Part | undefined;
  /** Of parts that follow each other: whether nothing is missing before the first one. */
  isWhole: (parts: readonly Part[]) => boolean;
  isKey: (parts: readonly Part[]) => boolean;
  join: (parts: readonly Part[]) => Uint8Array;
}

const beginsFirst = ([first]: readonly Part[]): boolean => first?.isFirst === true;
const joined = (parts: readonly Part[]): Uint8Array => Buffer.concat(parts.map(({ bytes }) => bytes));
const codecs: Record<string, Codec> = {
  'video/vp8': { part: vp8Payload, isWhole: beginsFirst, isKey: isVp8Key, join: joined },
  'video/vp9': { part: vp9Payload, isWhole: beginsFirst, isKey: isVp9Key, join: joined },
  'video/h264': {
    part: (bytes) => ({ bytes, isFirst: true }),
    isWhole: isH264Whole,
    isKey: isH264Key,
    join: h264Picture,
  },
};

/** @returns undefined for what cannot be kept */
export function videoFrames(mimeType: string): Assembler | undefined {
  const codec = codecs[mimeType.toLowerCase()];
  return codec && new Pictures(codec);
}

/**
 * Pictures of packets. One that lost a packet is left out, and so is every one after it until a key frame: they would be
 * drawn on what is not there. The picture before stands still meanwhile, which the eye forgives; smears look like findings.
 */
class Pictures implements Assembler {
  #parts: Part[] = [];
  #timestamp: number | undefined;
  #timeMs = 0;
  #isBroken = false;
  #needsKey = true;
  #last: number | undefined;
  private readonly codec: Codec;

  constructor(codec: Codec) {
    this.codec = codec;
  }

  push(packet: Placed): Frame[] {
    const frames: Frame[] = [];
    const isGap = this.#last !== undefined && packet.number !== this.#last + 1;
    this.#last = packet.number;
    if (this.#timestamp !== undefined && packet.timestamp !== this.#timestamp) {
      // Its last packet never came.
      if (isGap) this.#isBroken = true;
      frames.push(...this.#finish());
    }
    const part = this.codec.part(packet.payload);
    if (this.#timestamp === undefined) {
      this.#timestamp = packet.timestamp;
      this.#timeMs = packet.timeMs;
      // Pictures between the last one and this one are missing, or this one's beginning is.
      if (isGap) this.#needsKey = true;
    } else if (isGap) this.#isBroken = true;
    if (part) this.#parts.push(part);
    if (packet.isLast) frames.push(...this.#finish());
    return frames;
  }

  #finish(): Frame[] {
    const parts = this.#parts;
    const isBroken = this.#isBroken || parts.length === 0 || !this.codec.isWhole(parts);
    const timeMs = this.#timeMs;
    this.#parts = [];
    this.#timestamp = undefined;
    this.#isBroken = false;
    if (isBroken) {
      this.#needsKey = true;
      return [];
    }
    const isKey = this.codec.isKey(parts);
    if (this.#needsKey && !isKey) return [];
    this.#needsKey = false;
    return [{ timeMs, isKey, bytes: this.codec.join(parts) }];
  }
}
