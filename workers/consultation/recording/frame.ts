import type { Placed } from './reorder.ts';

/** A piece of sound or a picture, as a container takes it. */
export interface Frame {
  timeMs: number;
  isKey: boolean;
  bytes: Uint8Array;
}
/** Turns packets, in order, into frames; what cannot be whole is left out or hidden. */
export interface Assembler {
  push(packet: Placed): Frame[];
}

/** What one packet has of a picture. */
export interface Part {
  bytes: Uint8Array;
  /** The first packet of a picture. Of codecs whose packets do not say it, the picture itself is asked. */
  isFirst: boolean;
}
