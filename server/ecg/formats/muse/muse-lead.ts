import { crc32 } from 'node:zlib';
import type { RecordedFilter } from '../../trace.ts';
import { int16Samples, readBase64 } from '../xml/base64-samples.ts';
import { at, neededNumber, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { microvolts, type StoredLead } from '../xml/recorded-leads.ts';
import { warn, type XmlSource, xmlInvalid } from '../xml/xml-source.ts';

/** A count that the file states of its own data. Where the two disagree nobody knows which samples are missing. */
function checkCount(source: XmlSource, lead: XmlElement, name: string, counted: number, where: string): void {
  const text = at(lead, name)?.text;
  if (text !== undefined && numeric(text) !== counted)
    throw xmlInvalid(source, `${where}/${name}`, `${counted}, as many as there are`, text.trim());
}

function checkCrc(source: XmlSource, lead: XmlElement, bytes: Buffer, where: string): void {
  const stated = at(lead, 'LeadDataCRC32') ?? at(lead, 'WaveFormDataCRC32');
  if (stated && numeric(stated.text) !== crc32(bytes)) warn(source, 'crc-wrong', where);
}

function gainOf(source: XmlSource, lead: XmlElement, where: string): number {
  const unit = at(lead, 'LeadAmplitudeUnits')?.text;
  const factor = microvolts(unit);
  if (factor === undefined)
    throw xmlInvalid(source, `${where}/LeadAmplitudeUnits`, 'MICROVOLTS or MILLIVOLTS', unit?.trim() ?? 'nothing');
  const perBit = neededNumber(
    source,
    at(lead, 'LeadAmplitudeUnitsPerBit')?.text,
    `${where}/LeadAmplitudeUnitsPerBit`,
    1e-6,
    1e6,
  );
  return perBit * factor;
}

/**
 * One LeadData of a MUSE waveform: Base64, little endian, two bytes a sample. The stated counts must agree with the data;
 * a CRC-32 that does not is a warning, because programs that convert to this format write any number there.
 */
export function readMuseLead(
  source: XmlSource,
  lead: XmlElement,
  rate: number,
  filter: RecordedFilter,
  around: string,
): StoredLead {
  const name = at(lead, 'LeadID')?.text.trim() ?? '';
  const where = `${around} ${name.slice(0, 16) || 'LeadData'}`;
  const size = at(lead, 'LeadSampleSize')?.text;
  if (size !== undefined && numeric(size) !== 2) throw xmlInvalid(source, `${where}/LeadSampleSize`, '2', size.trim());
  const data = at(lead, 'WaveFormData');
  if (!data) throw xmlInvalid(source, `${where}/WaveFormData`, 'samples in Base64', 'nothing');
  const bytes = readBase64(source, data.text, `${where}/WaveFormData`);
  const samples = int16Samples(source, bytes, `${where}/WaveFormData`);
  checkCount(source, lead, 'LeadByteCountTotal', bytes.length, where);
  checkCount(source, lead, 'LeadSampleCountTotal', samples.length, where);
  checkCrc(source, lead, bytes, where);
  if (at(lead, 'LeadOff')?.text.trim().toUpperCase() === 'TRUE') warn(source, 'lead-missing', where, 'LeadOff');
  // Not documented, and 0 in all files that are known: what another number would mean is not guessed.
  if ((numeric(at(lead, 'FirstSampleBaseline')?.text) ?? 0) !== 0)
    warn(source, 'section-skipped', `${where}/FirstSampleBaseline`);
  const skipped = neededNumber(
    source,
    at(lead, 'LeadOffsetFirstSample')?.text ?? '0',
    `${where}/LeadOffsetFirstSample`,
    0,
    1e9,
  );
  const delay = neededNumber(source, at(lead, 'LeadTimeOffset')?.text ?? '0', `${where}/LeadTimeOffset`, 0, 1e9);
  return {
    name,
    samples,
    gain: gainOf(source, lead, where),
    baseline: 0,
    filter,
    offsetMs: (skipped * 1000) / rate + delay,
  };
}
