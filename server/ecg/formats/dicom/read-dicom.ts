import { tags } from '@lianzhen/dicom/tags.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { Recording, Trace, TraceWarning } from '../../trace.ts';
import { acquiredAt, deviceOf, patientOf, short } from './acquisition.ts';
import { readAnnotations } from './annotations.ts';
import { groupRecordings } from './group-recordings.ts';
import { readDataset } from './waveform-dataset.ts';
import { byteRange, decodeRange, readLayout, type WaveformGroup, type WaveformLayout } from './waveform-layout.ts';

/** Samples of all channels that may be in memory at once: 256 MiB as Int32. What is longer is read by range. */
const MAX_SAMPLES = 64 * 1024 * 1024;
const MAX_WARNINGS = 200;

/** True for a Part 10 file, with its preamble or, as some recorders leave it out, without. */
export function looksLikeDicom(bytes: Buffer): boolean {
  if (bytes.length < 132) return false;
  if (bytes.toString('latin1', 128, 132) === 'DICM' || bytes.toString('latin1', 0, 4) === 'DICM') return true;
  // Group 2 as the very first, with the representation of one of its first three elements.
  const isMeta = bytes.readUInt16LE(0) === 0x0002 && bytes.readUInt16LE(2) <= 0x0002;
  return isMeta && ['UL', 'OB', 'UI'].includes(bytes.toString('latin1', 4, 6));
}

function recordingsOf(bytes: Buffer, group: WaveformGroup, warnings: TraceWarning[]): Recording[] {
  const { at, length } = byteRange(group, 0, group.sampleCount);
  const from = (group.offset ?? 0) + at;
  const data = group.inline?.subarray(0, length) ?? bytes.subarray(from, from + length);
  return groupRecordings(group, decodeRange(group, data, 0, group.sampleCount), warnings);
}

const order: Readonly<Record<Recording['kind'], number>> = { rhythm: 0, derived: 1, median: 2 };

/** The trace that a layout describes, without its samples. */
export function traceFacts({ json, groups, warnings }: WaveformLayout): Omit<Trace, 'recordings'> {
  const all = [...warnings];
  return {
    format: 'dicom',
    acquiredAt: acquiredAt(json, all),
    patient: patientOf(json),
    accessionNumber: short(json, tags.AccessionNumber),
    device: deviceOf(json),
    ...readAnnotations(json, groups),
    warnings: all,
    picture: null,
  };
}

/**
 * An electrocardiogram stored as a DICOM waveform: 12-lead, general, ambulatory or general 32-bit, in any uncompressed
 * transfer syntax, all multiplex groups. Samples are as stored; skewed and padded channels become recordings of their own.
 * @throws HubError ecg-invalid naming group, channel, tag and offset, when the file is damaged, is no electrocardiogram,
 * contradicts itself, or holds more than 64 Mi samples
 */
export function readDicom(bytes: Buffer): Trace {
  const dataset = readDataset(bytes);
  const layout = readLayout(dataset);
  const total = layout.groups.reduce((sum, { channels, sampleCount }) => sum + channels.length * sampleCount, 0);
  if (total > MAX_SAMPLES) {
    const expected = `at most ${MAX_SAMPLES} samples in memory`;
    throw ecgInvalid({ format: 'dicom', where: '(5400,0100)', expected, found: String(total) });
  }
  const facts = traceFacts(layout);
  const warnings = [...facts.warnings];
  const recordings = layout.groups.flatMap((group) => recordingsOf(dataset.bytes, group, warnings));
  if (recordings.length === 0) {
    throw ecgInvalid({ format: 'dicom', where: '(5400,0100)', expected: 'a lead with samples', found: 'none' });
  }
  return {
    ...facts,
    recordings: recordings.toSorted((a, b) => order[a.kind] - order[b.kind]),
    warnings: warnings.slice(0, MAX_WARNINGS),
  };
}
