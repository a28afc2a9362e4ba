import { HubError } from '@lianzhen/contracts/errors.ts';
import type { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import { bufferSource } from './byte-source.ts';
import { charsetLabel } from './charset-label.ts';
import { describeInstance, type InstanceDescription } from './describe-instance.ts';
import { type SeriesHeader, type StudyHeader, seriesHeader, studyHeader, wholeNumber } from './study-header.ts';
import { tags } from './tags.ts';

/** What an image says of the study and series that it belongs to, and what its text was read with, for people. */
export interface InstanceHead {
  study: StudyHeader;
  series: SeriesHeader;
  charset: string;
}

/** What is kept of an instance beside its bytes. */
export interface InstanceRecord {
  head: InstanceHead;
  number: number | null;
  rows: number | null;
  columns: number | null;
  frameCount: number | null;
  /** JSON text, written to the database as it is. */
  attributes: string;
  bytes: InstanceBytes;
}

const column = (value: number | undefined): number | null => (Number.isInteger(value) ? (value ?? null) : null);

/** @param override the character set that the text was read with instead of its own */
export function instanceRecord(found: InstanceDescription, override: string | null): InstanceRecord {
  return {
    head: {
      study: studyHeader(found.attributes),
      series: seriesHeader(found.attributes, found.seriesInstanceUid),
      charset: charsetLabel(override, found.charset.used),
    },
    number: wholeNumber(found.attributes, tags.InstanceNumber),
    rows: column(found.rows),
    columns: column(found.columns),
    frameCount: column(found.numberOfFrames),
    attributes: storableJson(found.attributes),
    bytes: { frames: found.frames, isVideo: found.isVideo, bulk: found.bulk },
  };
}

const uidNames = ['sopInstanceUid', 'studyInstanceUid', 'seriesInstanceUid'] as const;
type Uids = Pick<InstanceDescription, (typeof uidNames)[number]>;

/** An object that names itself twice and differently was received under one name and would be found under the other. */
export const wrongUid = (received: Uids, found: Uids): string | undefined =>
  uidNames.find((name) => received[name] !== found[name]);

/** How much of an instance is looked at before all of it has come, and how many frames are told from there. */
export const recordHeadBytes = 32_768;
const mostFrames = 1000;

/**
 * The record of an instance as its own text tells it, from its first bytes alone: enough for images that are not
 * compressed and whose attributes lie before their pixels, which are most.
 * @param first a Part 10 file from its beginning, of which `recordHeadBytes` are enough
 * @param size of the whole file
 * @param uids as they were received
 * @returns undefined where the whole file has to be read to tell, or where something is wrong with it
 */
export async function recordFromHead(first: Buffer, size: number, uids: Uids): Promise<InstanceRecord | undefined> {
  const head = first.subarray(0, recordHeadBytes);
  try {
    const found = await describeInstance({ ...bufferSource(head), size });
    if (found.rendition !== 'original' || found.frames.length > mostFrames) return undefined;
    return wrongUid(uids, found) ? undefined : instanceRecord(found, null);
  } catch (cause) {
    // Bytes that are not there yet, or not what they should be: whoever reads the whole file says which.
    if (cause instanceof HubError && cause.code === 'dicom-invalid') return undefined;
    throw cause;
  }
}

/** As `JSON.stringify`, without what PostgreSQL has no place for: zero characters and halves of characters. */
function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u') || !/\\u(0000|d[89a-f])/i.test(text)) return text;
  const clean = (_key: string, one: unknown) =>
    typeof one === 'string' ? one.toWellFormed().replaceAll('\0', '') : one;
  return JSON.stringify(value, clean);
}
