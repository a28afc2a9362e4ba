import { describeTrace } from '../describe-trace.ts';
import { ecgInvalid } from '../ecg-invalid.ts';
import type { Trace } from '../trace.ts';
import { looksLikeAecg, readAecg } from './aecg/read-aecg.ts';
import { looksLikeDicom, readDicom } from './dicom/read-dicom.ts';
import { looksLikeMuse, readMuse } from './muse/read-muse.ts';
import { looksLikePhilips, readPhilips } from './philips/read-philips.ts';
import { looksLikePicture, readPicture } from './picture/read-picture.ts';
import { looksLikeScp, readScp } from './scp/read-scp.ts';

/** An upload larger than this is no resting electrocardiogram; a long recording arrives as DICOM and is read by range. */
export const MAX_TRACE_BYTES = 64 * 1024 * 1024;

interface Format {
  readonly name: string;
  readonly looksLike: (bytes: Buffer) => boolean;
  readonly read: (bytes: Buffer) => Trace;
}

/** Pictures come last: whatever can be measured is measured. */
const formats: readonly Format[] = [
  { name: 'DICOM waveform', looksLike: looksLikeDicom, read: readDicom },
  { name: 'SCP-ECG', looksLike: looksLikeScp, read: readScp },
  { name: 'HL7 aECG', looksLike: looksLikeAecg, read: readAecg },
  { name: 'Philips XML', looksLike: looksLikePhilips, read: readPhilips },
  { name: 'GE MUSE XML', looksLike: looksLikeMuse, read: readMuse },
  { name: 'PDF, JPEG or PNG', looksLike: looksLikePicture, read: readPicture },
];

/** The first bytes as people can compare them with what a tool shows. */
const begin = (bytes: Buffer): string =>
  bytes.length === 0 ? 'an empty file' : `bytes ${bytes.subarray(0, 12).toString('hex')}`;

/**
 * An electrocardiogram of any format that is read, recognised by its content and never by a name. Leads are those that
 * are stored: `completeTrace` adds those that follow from them.
 * @throws HubError ecg-invalid naming format, place, what was expected and what was found: for bytes of no known format,
 * above 64 MiB, damaged, contradicting themselves, or saying what no recorder does
 */
export function readTrace(bytes: Buffer): Trace {
  if (bytes.length > MAX_TRACE_BYTES) {
    const expected = `at most ${MAX_TRACE_BYTES} bytes`;
    throw ecgInvalid({ format: 'unknown', where: 'file', expected, found: `${bytes.length} bytes` });
  }
  const format = formats.find(({ looksLike }) => looksLike(bytes));
  if (format) return describeTrace(format.read(bytes));
  const expected = formats.map(({ name }) => name).join(', ');
  throw ecgInvalid({ format: 'unknown', where: 'first bytes', expected, found: begin(bytes), offset: 0 });
}
