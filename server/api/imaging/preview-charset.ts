import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Charset, CharsetPreview } from '@lianzhen/contracts/facilities.ts';
import { charsetTerms } from '@lianzhen/contracts/imaging.ts';
import { readHeader } from '@lianzhen/dicom/header.ts';
import { decodePersonName } from '@lianzhen/dicom/text.ts';
import type { BlobStore } from '@lianzhen/platform/blobs.ts';
import type { z } from 'zod';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './device-store.ts';

const mostStudies = 20;
const headBytes = 65_536;

/**
 * The names of a device's latest studies as they are read now and as they would be with an override, both from the bytes
 * that came. Nothing is changed.
 * @throws `not-found` for a device of another facility
 */
export async function previewCharset(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  ctx: Ctx,
  input: { id: string; charset: z.infer<typeof Charset> },
): Promise<z.infer<typeof CharsetPreview>> {
  const scope = requireAccess(ctx, 'quarantine:decide');
  const device = await store.readDevice(db, scope, input.id);
  const files = await store.latestFiles(db, device.id, mostStudies);
  const rows = await Promise.all(files.map((file) => previewOf(blobs, file, input.charset)));
  return rows.filter((row) => row !== undefined);
}

async function previewOf(
  blobs: BlobStore,
  file: { id: string; studyDate: string | null; blob: string },
  charset: string,
) {
  try {
    const header = readHeader(await blobs.read(file.blob, 0, headBytes), { isComplete: true });
    if (header === 'need-more') return undefined;
    const { charsets, patientNameBytes: bytes } = header;
    if (!bytes) return undefined;
    return {
      studyId: file.id,
      studyDate: file.studyDate,
      declared: charsets.join('\\'),
      asIs: shown(decodePersonName(bytes, charsets)),
      overridden: shown(decodePersonName(bytes, charsets, charsetTerms(charset))),
    };
  } catch (cause) {
    // A header that does not fit into its first part is no help to the eye; the other studies are.
    if (cause instanceof HubError && cause.code === 'dicom-invalid') return undefined;
    throw cause;
  }
}

const shown = (names: ReturnType<typeof decodePersonName>): string =>
  [names[0]?.Alphabetic, names[0]?.Ideographic, names[0]?.Phonetic].filter(Boolean).join(' = ').slice(0, 200);
