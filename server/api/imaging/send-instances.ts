import { withTransferSyntax } from '@lianzhen/dicom/mime.ts';
import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { Deps } from '../deps.ts';
import { chooseInstanceForm } from './choose-form.ts';
import { pathOf } from './metadata-text.ts';
import { sendMultipart, sendWhole } from './multipart-answer.ts';
import { baseOf } from './service-base.ts';
import { acceptOf, isKept, type Wanted } from './wanted.ts';

/** Whole Part 10 files, byte for byte as they came in unless another stored form is asked for. */
export async function sendInstances({ blobs, config }: Deps, wanted: Wanted): Promise<void> {
  const { req, res, study, instances } = wanted;
  const form = chooseInstanceForm(acceptOf(req), instances);
  // The same address gives an instance as it came or as its rendition: neither is the other's copy.
  const forms = form.isRendition.includes(true) ? 'r' : 'o';
  if (isKept(wanted, `${study.revision}-${instances.length}-${form.isMultipart ? 'm' : 's'}${forms}`)) return;
  const base = baseOf(config, req);
  const parts = instances.map((instance, index) => {
    const isRendition = form.isRendition[index] === true && instance.rendition !== null;
    const syntax = isRendition ? explicitLittleEndian : instance.transferSyntaxUid;
    const place = isRendition && instance.rendition ? instance.rendition : instance.blob;
    return {
      contentType: withTransferSyntax(form.mediaType, syntax),
      contentLocation: `${base}/${pathOf({ ...study, ...instance })}`,
      bytes: () => bytesOf(blobs, place, isRendition ? undefined : instance.size),
    };
  });
  const [only] = parts;
  if (form.isMultipart || !only) await sendMultipart(res, form.mediaType, parts);
  else await sendWhole(res, only.contentType, only.bytes());
}

/** What is small is read at once: opening a stream for it costs more than its bytes. */
const wholeBytes = 4_194_304;

async function* bytesOf(blobs: BlobStore, place: string, size: number | undefined): AsyncGenerator<Buffer> {
  if (size !== undefined && size <= wholeBytes) yield await blobs.read(place, 0, size);
  else yield* blobs.stream(place) as AsyncIterable<Buffer>;
}
