import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { decodeSamples } from './decode-samples.ts';
import { encodePicture, type RenderedType } from './encode.ts';
import { paint } from './paint.ts';
import type { PictureFormat, Window } from './picture-format.ts';
import { toViewport, type Viewport } from './resize.ts';

/** What a client wants of a frame (PS3.18 8.3.5.1). */
export interface RenderWish {
  type: RenderedType;
  quality: number;
  viewport: Viewport | null;
  window: Window | null;
}
/** One frame to be drawn; plain data, so that it goes to another thread. */
export interface RenderTask {
  bytes: Uint8Array;
  transferSyntaxUid: string;
  format: PictureFormat;
  wish: RenderWish;
}

/** @throws HubError `not-acceptable`, `dicom-invalid`, `malformed-request`, each with its reason */
export async function renderFrame({ bytes, transferSyntaxUid, format, wish }: RenderTask): Promise<Uint8Array> {
  const samples = await decodeSamples(bytes, transferSyntaxUid, format);
  const picture = paint(samples, format, transferSyntaxUid === explicitLittleEndian, wish.window);
  return encodePicture(wish.viewport ? toViewport(picture, wish.viewport) : picture, wish.type, wish.quality);
}
