import { HubError } from '@lianzhen/contracts/errors.ts';
import { charsetTerms } from '@lianzhen/contracts/imaging.ts';
import { describeInstance, type InstanceDescription } from '@lianzhen/dicom/describe-instance.ts';
import { storedSource } from '@lianzhen/platform/stored-source.ts';
import type { WorkerDeps } from '../deps.ts';
import { charsetLabel } from './charset-override.ts';
import { type IndexFailure, type IndexRow, indexRow, type Unindexed } from './index-row.ts';
import { renderStored } from './render-stored.ts';

const mostReasonCharacters = 300;

/**
 * Reads one stored instance: attributes, frames and, where the viewer cannot read the original, a rendition.
 * @param override the character set of its device, where that writes another than it says
 * @param head the beginning of its bytes, where that was read already
 * @returns an `IndexFailure` for bytes that are not what they should be: that is nothing a retry would change
 * @throws what the store threw: the bytes could not be had now
 */
export async function describeStored(
  { blobs, config }: Pick<WorkerDeps, 'blobs' | 'config'>,
  instance: Unindexed,
  override: string | null,
  head?: Buffer,
): Promise<IndexRow | IndexFailure> {
  const source = storedSource(blobs, instance.blob, instance.size, head);
  const options = override === null ? {} : { charsetOverride: charsetTerms(override) };
  try {
    const found = await describeInstance(source, options);
    const wrong = wrongUid(instance, found);
    if (wrong) return { instance, reason: `${wrong} is not the one of the header` };
    const isRendered = found.rendition === 'explicit-little-endian';
    const rendition = isRendered ? await renderStored(blobs, source, options, config.HUB_MAX_INSTANCE_BYTES) : null;
    return indexRow(instance, found, rendition, charsetLabel(override, found.charset.used));
  } catch (cause) {
    if (!(cause instanceof HubError) || cause.code !== 'dicom-invalid') throw cause;
    const { tag, expected, found } = cause.details;
    return {
      instance,
      reason: `${tag ?? 'DICOM'}: expected ${expected}, found ${found}`.slice(0, mostReasonCharacters),
    };
  }
}

/** An object that names itself twice and differently was received under one name and would be found under the other. */
function wrongUid(instance: Unindexed, found: InstanceDescription): string | undefined {
  const names = ['sopInstanceUid', 'studyInstanceUid', 'seriesInstanceUid'] as const;
  return names.find((name) => instance[name] !== found[name]);
}
