import { HubError } from '@lianzhen/contracts/errors.ts';
import { applicationOctetStream, withTransferSyntax } from '@lianzhen/dicom/mime.ts';
import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { Deps } from '../deps.ts';
import { covers, notAcceptable } from './accept.ts';
import { frameSyntaxOf } from './choose-form.ts';
import type { FrameTables } from './frame-tables.ts';
import { sendMultipart, sendWhole } from './multipart-answer.ts';
import { sendChosenFrames } from './send-frames.ts';
import { acceptOf, allowKeeping, type Wanted } from './wanted.ts';

/** One value that the metadata leave out (PS3.18 10.4.1.5). Encapsulated pixels are given frame by frame. */
export async function sendBulk({ blobs }: Pick<Deps, 'blobs'>, tables: FrameTables, wanted: Wanted): Promise<void> {
  const { req, res } = wanted;
  const [instance] = wanted.instances;
  const path = [req.params.path ?? ''].flat().join('/');
  if (!instance) throw new HubError('not-found');
  const { bulk, frames } = await tables.of(instance);
  const range = Object.hasOwn(bulk, path) ? bulk[path] : undefined;
  if (!range) throw new HubError('not-found', { field: 'path' });
  if (path === tags.PixelData && frameSyntaxOf(instance) !== explicitLittleEndian) {
    const all = frames.map((_, index) => index + 1);
    return sendChosenFrames(blobs, wanted, instance, frames, all);
  }
  const taken = acceptOf(req).find(({ name }) => covers(name, applicationOctetStream));
  if (!taken) throw notAcceptable([applicationOctetStream]);
  const contentType = withTransferSyntax(applicationOctetStream, explicitLittleEndian);
  const bytes = () =>
    blobs.stream(instance.rendition ?? instance.blob, range.offset, range.length) as AsyncIterable<Buffer>;
  allowKeeping(res, `${instance.sha256}-${path}-${taken.isMultipart ? 'm' : 's'}`);
  if (taken.isMultipart) await sendMultipart(res, applicationOctetStream, [{ contentType, bytes }]);
  else await sendWhole(res, contentType, bytes());
}
