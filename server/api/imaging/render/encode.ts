import { encode as encodePng } from 'fast-png';
import type { Picture } from './paint.ts';
import { jpegEncoder } from './wasm-codec.ts';

export const renderedTypes = ['image/jpeg', 'image/png'] as const;
export type RenderedType = (typeof renderedTypes)[number];

/** @param quality 1 to 100, for JPEG */
export async function encodePicture(picture: Picture, type: RenderedType, quality: number): Promise<Uint8Array> {
  const { rows: height, columns: width, channels, data } = picture;
  if (type === 'image/png') return encodePng({ width, height, channels, depth: 8, data });
  const encoder = await jpegEncoder();
  try {
    const info = { width, height, bitsPerSample: 8, componentCount: channels, isSigned: false };
    encoder.getDecodedBuffer(info).set(data);
    encoder.setQuality(quality);
    encoder.encode();
    // A copy: the codec's own memory is freed.
    return Uint8Array.from(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}
