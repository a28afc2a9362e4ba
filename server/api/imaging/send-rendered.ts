import { createHash } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Deps } from '../deps.ts';
import { frameSyntaxOf } from './choose-form.ts';
import type { FrameTables } from './frame-tables.ts';
import { pictureFormat } from './render/picture-format.ts';
import type { RenderTask, RenderWish } from './render/render-frame.ts';
import type { RenderPool } from './render/render-pool.ts';
import { renderWish, thumbnailWish } from './render/render-wish.ts';
import { attributeTexts, type RetrievedInstance } from './retrieve-store.ts';
import { acceptOf, isKept, type Wanted } from './wanted.ts';

interface Drawing {
  deps: Pick<Deps, 'db' | 'blobs'>;
  tables: FrameTables;
  pool: RenderPool;
}
/** One frame as it is stored, whole in memory while it is drawn. */
const mostFrameBytes = 134_217_728;
const mostBulkBytes = 262_144;
/** Instances that are looked at for one that can be shown small. */
const mostLookedAt = 8;
/** Counts up when a picture of the same bytes would look different. */
const drawing = 'r1';

/** A frame as a picture (PS3.18 10.4.1.1.3): the first of an instance, or the one that is named. */
export async function sendRendered(drawn: Drawing, wanted: Wanted): Promise<void> {
  const wish = renderWish(acceptOf(wanted.req), wanted.req.query);
  const [instance] = wanted.instances;
  if (!instance) throw new HubError('not-found');
  await send(drawn, wanted, instance, await drawn.tables.of(instance), frameOf(wanted), wish);
}

/** A small picture of an instance, or of the middle of a series or study (PS3.18 10.4.1.1.5). */
export async function sendThumbnail(drawn: Drawing, wanted: Wanted): Promise<void> {
  const wish = thumbnailWish(acceptOf(wanted.req), wanted.req.query);
  const { instances } = wanted;
  const middle = instances[Math.floor(instances.length / 2)];
  const candidates = [...new Set([middle, ...instances])].slice(0, mostLookedAt);
  for (const instance of candidates) {
    if (!instance) continue;
    const table = await drawn.tables.of(instance);
    if (table.isVideo || table.frames.length === 0) continue;
    return send(drawn, wanted, instance, table, frameOf(wanted), wish);
  }
  throw new HubError('not-acceptable', { reason: 'there is no image in it' });
}

function frameOf({ req }: Wanted): number {
  const { frames } = req.params;
  if (frames === undefined) return 1;
  if (typeof frames === 'string' && /^[1-9]\d{0,5}$/.test(frames)) return Number(frames);
  throw new HubError('malformed-request', { field: 'frames', expected: 'the number of one frame, from 1' });
}

async function send(
  { deps, pool }: Drawing,
  wanted: Wanted,
  instance: RetrievedInstance,
  table: InstanceBytes,
  frame: number,
  wish: RenderWish,
): Promise<void> {
  if (table.isVideo || table.frames.length === 0)
    throw new HubError('not-acceptable', {
      reason: table.isVideo ? 'a video is not drawn' : 'there is no image in it',
    });
  const ranges = table.frames[frame - 1];
  if (!ranges) throw new HubError('not-found', { field: 'frames', frames: table.frames.length });
  const size = ranges.reduce((sum, [, length]) => sum + length, 0);
  if (size > mostFrameBytes)
    throw new HubError('not-acceptable', { reason: `a frame of ${size} bytes: ${mostFrameBytes} at the most` });
  const facts = [drawing, instance.sha256, frame, JSON.stringify(wish)].join(' ');
  const etag = createHash('sha256').update(facts).digest('hex').slice(0, 40);
  if (isKept(wanted, etag)) return;
  const { res } = wanted;
  // A refusal is not to be kept under the picture's name.
  res.removeHeader('ETag');
  const bytes = await pool.render(async (): Promise<RenderTask> => {
    const [text = '{}'] = await attributeTexts(deps.db, [instance.id]);
    const place = instance.rendition ?? instance.blob;
    const readBulk = (tag: string) => bulkOf(deps.blobs, place, table, tag);
    const format = await pictureFormat(JSON.parse(text) as DicomJson, frame, readBulk);
    const pieces = await Promise.all(ranges.map(([offset, length]) => deps.blobs.read(place, offset, length)));
    // A buffer of its own can be given to the other thread instead of being copied.
    const whole = new Uint8Array(size);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return { bytes: whole, transferSyntaxUid: frameSyntaxOf(instance), format, wish };
  });
  res.setHeader('ETag', `"${etag}"`);
  res.setHeader('Content-Type', wish.type);
  res.end(bytes);
}

async function bulkOf(
  blobs: BlobStore,
  place: string,
  { bulk }: InstanceBytes,
  tag: string,
): Promise<Buffer | undefined> {
  const found = bulk[tag];
  return found && found.length <= mostBulkBytes ? blobs.read(place, found.offset, found.length) : undefined;
}
