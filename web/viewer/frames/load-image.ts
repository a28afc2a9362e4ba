import type { DecodePool } from '../decode/decode-pool.ts';
import type { Palette } from '../decode/picture-types.ts';
import { syntaxName } from '../decode/transfer-syntax.ts';
import { ViewerProblem } from '../problem.ts';
import { type LookupTable, lookupTable, toPalette } from '../source/lookup-tables.ts';
import type { Binary, LutSource, ViewerImage } from '../source/study-model.ts';
import type { StudySource } from '../source/study-source.ts';
import { type ImageTables, type LoadedImage, loadedImage } from './loaded-image.ts';
import { type OverlayBitmap, overlayBitmap } from './overlay-bitmap.ts';

export interface LoadDeps {
  readonly source: StudySource;
  readonly pool: Pick<DecodePool, 'decode'>;
}

/**
 * Fetches one frame with the tables it cannot be shown without, and has it decoded.
 * @throws ViewerProblem with the reason, or the signal's reason when nobody waits any more.
 */
export async function loadImage(deps: LoadDeps, image: ViewerImage, signal: AbortSignal): Promise<LoadedImage> {
  const { header } = image;
  const [answer, palette, tables] = await Promise.all([
    deps.source.frame(image.ref, signal),
    loadPalette(deps.source, image, signal),
    loadTables(deps.source, image, signal),
  ]);
  const transferSyntaxUid = answer.transferSyntaxUid || header.transferSyntaxUid;
  const request = {
    bytes: new Uint8Array(answer.bytes),
    transferSyntaxUid,
    format: header.format,
    palette: palette ?? undefined,
    padding: header.padding ?? undefined,
  };
  try {
    return loadedImage(image, await deps.pool.decode(request, signal), tables);
  } catch (cause) {
    // Only here both are known: what went wrong, and how the server said the frame is stored.
    if (!(cause instanceof ViewerProblem)) throw cause;
    throw new ViewerProblem(cause.code, { ...cause.details, stored: syntaxName(transferSyntaxUid) }, cause);
  }
}

/** The overlays of a frame; one that cannot be had is left out, since the picture stands without it. */
export async function loadOverlays(
  source: StudySource,
  image: ViewerImage,
  signal: AbortSignal,
): Promise<OverlayBitmap[]> {
  const planes = await Promise.all(
    image.header.overlays.map(async (overlay) => overlayBitmap(overlay, await bytesOf(source, overlay.data, signal))),
  );
  return planes.filter((plane) => plane !== null);
}

async function bytesOf(source: StudySource, data: Binary, signal: AbortSignal): Promise<Uint8Array> {
  if ('inline' in data) return data.inline;
  if (!source.bulk) throw new ViewerProblem('missing-tag', { tag: 'BulkDataURI' });
  return new Uint8Array(await source.bulk(data.uri, signal));
}

async function loadTable(source: StudySource, lut: LutSource, tag: string, signal: AbortSignal): Promise<LookupTable> {
  return lookupTable(lut, await bytesOf(source, lut.data, signal), tag);
}

async function loadPalette(source: StudySource, image: ViewerImage, signal: AbortSignal): Promise<Palette | null> {
  const { palette, format } = image.header;
  if (!palette || format.photometricInterpretation !== 'PALETTE COLOR') return null;
  const [red, green, blue] = await Promise.all([
    loadTable(source, palette.red, '(0028,1201)', signal),
    loadTable(source, palette.green, '(0028,1202)', signal),
    loadTable(source, palette.blue, '(0028,1203)', signal),
  ]);
  return toPalette(red, green, blue);
}

async function loadTables(source: StudySource, image: ViewerImage, signal: AbortSignal): Promise<ImageTables> {
  const { modalityLut, voiLuts } = image.header;
  const [modality, voi] = await Promise.all([
    modalityLut ? loadTable(source, modalityLut, '(0028,3000)', signal) : null,
    Promise.all(voiLuts.map((lut) => loadTable(source, lut, '(0028,3010)', signal))),
  ]);
  return { modality, voi };
}
