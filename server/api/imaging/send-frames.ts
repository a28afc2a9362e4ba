import { HubError } from '@lianzhen/contracts/errors.ts';
import type { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import { withTransferSyntax } from '@lianzhen/dicom/mime.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Deps } from '../deps.ts';
import { chooseFrameForm, frameSyntaxOf } from './choose-form.ts';
import type { FrameTables } from './frame-tables.ts';
import { type AnswerPart, sendMultipart, sendWhole } from './multipart-answer.ts';
import type { RetrievedInstance } from './retrieve-store.ts';
import { acceptOf, allowKeeping, type Wanted } from './wanted.ts';

const mostFrames = 2000;

/** Single frames (PS3.18 10.4.1.6), read out of the stored file by their ranges; an instance is never loaded for them. */
export async function sendFrames({ blobs }: Pick<Deps, 'blobs'>, tables: FrameTables, wanted: Wanted): Promise<void> {
  const [instance] = wanted.instances;
  if (!instance) throw new HubError('not-found');
  const { frames } = await tables.of(instance);
  await sendChosenFrames(
    blobs,
    wanted,
    instance,
    frames,
    frameNumbers(String(wanted.req.params.frames), frames.length),
  );
}

/** @param numbers from 1, all of them there */
export async function sendChosenFrames(
  blobs: BlobStore,
  { req, res }: Wanted,
  instance: RetrievedInstance,
  frames: InstanceBytes['frames'],
  numbers: number[],
): Promise<void> {
  const syntax = frameSyntaxOf(instance);
  const form = chooseFrameForm(acceptOf(req), syntax, numbers.length);
  const contentType = withTransferSyntax(form.mediaType, syntax);
  const place = instance.rendition ?? instance.blob;
  const parts: AnswerPart[] = numbers.map((number) => ({
    contentType,
    bytes: () => rangesOf(blobs, place, frames[number - 1] ?? []),
  }));
  allowKeeping(res, `${instance.sha256}-${numbers.join('-').slice(0, 64)}-${form.isMultipart ? 'm' : 's'}`);
  const [only] = parts;
  if (form.isMultipart || !only) await sendMultipart(res, form.mediaType, parts);
  else await sendWhole(res, contentType, only.bytes());
}

/** Small ranges in one read, long ones as a stream. */
async function* rangesOf(blobs: BlobStore, place: string, ranges: InstanceBytes['frames'][number]) {
  const wholeBytes = 4_194_304;
  for (const [offset, length] of ranges) {
    if (length <= wholeBytes) yield await blobs.read(place, offset, length);
    else yield* blobs.stream(place, offset, length) as AsyncIterable<Buffer>;
  }
}

function frameNumbers(list: string, count: number): number[] {
  const numbers = list.split(',').map(Number);
  const isList = /^\d+(,\d+)*$/.test(list) && numbers.length <= mostFrames && !numbers.includes(0);
  if (!isList) {
    throw new HubError('malformed-request', { field: 'frames', expected: `at most ${mostFrames} numbers from 1` });
  }
  if (numbers.some((number) => number > count)) throw new HubError('not-found', { field: 'frames', frames: count });
  return numbers;
}
