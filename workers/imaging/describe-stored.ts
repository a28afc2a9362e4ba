import { HubError } from '@lianzhen/contracts/errors.ts';
import { charsetTerms } from '@lianzhen/contracts/imaging.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { instanceRecord, wrongUid } from '@lianzhen/dicom/instance-record.ts';
import { storedSource } from '@lianzhen/platform/stored-source.ts';
import type { WorkerDeps } from '../deps.ts';
import type { IndexFailure, IndexRow, Unindexed } from './index-row.ts';
import { renderStored } from './render-stored.ts';

const mostReasonCharacters = 300;

/**
 * Reads one stored instance: attributes, frames and, where the viewer cannot read the original, a rendition.
 * @param override the character set of its device, where that writes another than it says
 * @returns an `IndexFailure` for bytes that are not what they should be: that is nothing a retry would change
 * @throws what the store threw: the bytes could not be had now
 */
export async function describeStored(
  { blobs, config }: Pick<WorkerDeps, 'blobs' | 'config'>,
  instance: Unindexed,
  override: string | null,
): Promise<IndexRow | IndexFailure> {
  const source = storedSource(blobs, instance.blob, instance.size);
  const options = override === null ? {} : { charsetOverride: charsetTerms(override) };
  try {
    const found = await describeInstance(source, options);
    const wrong = wrongUid(instance, found);
    if (wrong) return { instance, reason: `${wrong} is not the one of the header` };
    const isRendered = found.rendition === 'explicit-little-endian';
    const rendition = isRendered ? await renderStored(blobs, source, options, config.HUB_MAX_INSTANCE_BYTES) : null;
    const record = instanceRecord(found, override);
    return { ...record.head, instance, number: record.number, record, rendition };
  } catch (cause) {
    if (!(cause instanceof HubError) || cause.code !== 'dicom-invalid') throw cause;
    const { tag, expected, found } = cause.details;
    return {
      instance,
      reason: `${tag ?? 'DICOM'}: expected ${expected}, found ${found}`.slice(0, mostReasonCharacters),
    };
  }
}
