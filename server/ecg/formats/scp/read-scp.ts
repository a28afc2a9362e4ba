import type { Trace } from '../../trace.ts';
import { readAcquisition } from './acquisition.ts';
import { readAside } from './aside.ts';
import { readGlobalMeasurements } from './global-measurements.ts';
import { readLeadMeasurements } from './lead-measurements.ts';
import { openSection, readRecord } from './record.ts';
import { readRecordings } from './recordings.ts';
import type { SectionCursor } from './section-cursor.ts';
import { readTextStatements, readUniversalStatements } from './statements.ts';

export { looksLikeScp } from './record.ts';

/**
 * Reads an SCP-ECG record (EN 1064:2005+A1:2007, ISO 11073-91064): sections 1 to 8, 10 and 11; section 9 and those of
 * manufacturers stay in the bytes. Samples are in units of `gain` microvolts as they were before compression; leads that
 * the record does not store are not computed. Work and memory are bounded: at most 64 leads and 2^22 samples.
 * A wrong CRC, contradicting lengths, and a report, measurements or a reference beat that cannot be read and are not
 * needed for the rhythm are warnings.
 * @throws HubError ecg-invalid naming section, offset, what was expected and what was found, where the samples or the
 *   patient cannot be read without guessing
 */
export function readScp(bytes: Buffer): Trace {
  const record = readRecord(bytes);
  const { filter, text, annotations, ...acquisition } = readAcquisition(openSection(record, 1), record.warnings);
  const recordings = readRecordings(record, filter);
  const aside = <T>(id: number, read: (cursor: SectionCursor) => T): T | undefined => {
    const cursor = openSection(record, id);
    return cursor && readAside(record.warnings, () => read(cursor));
  };
  const measured = aside(7, readGlobalMeasurements);
  const lines = aside(8, (cursor) => readTextStatements(cursor, text)) ?? [];
  const ofLeads = aside(10, readLeadMeasurements) ?? [];
  const coded = aside(11, (cursor) => readUniversalStatements(cursor, text)) ?? [];
  return {
    format: 'scp-ecg',
    recordings,
    acquiredAt: acquisition.acquiredAt,
    patient: acquisition.patient,
    accessionNumber: null,
    device: acquisition.device,
    annotations: [...annotations, ...(measured?.annotations ?? []), ...ofLeads],
    statements: [...new Set([...lines, ...coded])],
    deviceMeasurements: measured?.values ?? {},
    warnings: record.warnings,
    picture: null,
  };
}
