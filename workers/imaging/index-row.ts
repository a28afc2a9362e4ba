import type { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import type { InstanceDescription } from '@lianzhen/dicom/describe-instance.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { type SeriesHeader, type StudyHeader, seriesHeader, studyHeader, wholeNumber } from './study-header.ts';

/** An instance that was received and not read yet. */
export interface Unindexed {
  id: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopClassUid: string;
  facilityId: string;
  deviceId: string | null;
  door: string;
  sha256: string;
  size: number;
  blob: string;
  receivedAt: Date;
}

/** What indexing found out about one instance. */
export interface IndexRow {
  instance: Unindexed;
  series: SeriesHeader;
  study: StudyHeader;
  number: number | null;
  rows: number | null;
  columns: number | null;
  frameCount: number | null;
  /** JSON text, written to the database as it is. */
  attributes: string;
  bytes: InstanceBytes;
  rendition: string | null;
  /** What the text was read with, for people. */
  charset: string;
}

/** Why an instance could not be read; a person decides about it. */
export interface IndexFailure {
  instance: Unindexed;
  reason: string;
}

const column = (value: number | undefined): number | null => (Number.isInteger(value) ? (value ?? null) : null);

export function indexRow(
  instance: Unindexed,
  found: InstanceDescription,
  rendition: string | null,
  charset: string,
): IndexRow {
  return {
    instance,
    series: seriesHeader(found.attributes, found.seriesInstanceUid),
    study: studyHeader(found.attributes),
    number: wholeNumber(found.attributes, tags.InstanceNumber),
    rows: column(found.rows),
    columns: column(found.columns),
    frameCount: column(found.numberOfFrames),
    attributes: storableJson(found.attributes),
    bytes: { frames: found.frames, isVideo: found.isVideo, bulk: found.bulk },
    rendition,
    charset,
  };
}

/** As `JSON.stringify`, without what PostgreSQL has no place for: zero characters and halves of characters. */
function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u') || !/\\u(0000|d[89a-f])/i.test(text)) return text;
  const clean = (_key: string, one: unknown) =>
    typeof one === 'string' ? one.toWellFormed().replaceAll('\0', '') : one;
  return JSON.stringify(value, clean);
}
