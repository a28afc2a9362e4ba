import type { ByteSource } from '@lianzhen/dicom/byte-source.ts';
import { type DicomJson, number, sequence, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { swapWords } from '@lianzhen/dicom/values.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { Recording, TraceWarning } from '../../trace.ts';
import { type Channel, readChannels } from './channels.ts';
import { requireEcgClass } from './ecg-classes.ts';
import { type SampleForm, sampleForm, splitChannels } from './samples.ts';
import { readDatasetFrom, type WaveformDataset } from './waveform-dataset.ts';
import { tagName, wave } from './waveform-tags.ts';

/** One multiplex group and where its samples are. */
export interface WaveformGroup {
  /** From 0. */
  readonly index: number;
  readonly kind: Recording['kind'];
  readonly label: string | null;
  /** Hz */
  readonly samplingFrequency: number;
  /** Milliseconds after the beginning of the trace. */
  readonly startMs: number;
  /** Sampling points: samples of each channel. */
  readonly sampleCount: number;
  readonly form: SampleForm;
  readonly channels: readonly Channel[];
  /** The sample that stands for none (5400,100A), as `decodeRange` gives it. */
  readonly padding: number | null;
  /** Of the first sample in `source`; null where the data are so few that they are in `inline`. */
  readonly offset: number | null;
  readonly inline: Buffer | null;
}

export interface WaveformLayout {
  /** What the offsets count in: the file, or what a deflated file holds. */
  readonly source: ByteSource;
  readonly json: DicomJson;
  readonly groups: readonly WaveformGroup[];
  readonly warnings: readonly TraceWarning[];
}

const MAX_GROUPS = 64;
const MAX_CHANNELS = 64;

function fail(place: string, tag: string, expected: string, found: string | number): never {
  throw ecgInvalid({ format: 'dicom', where: `${place} ${tagName(tag)}`, expected, found: String(found) });
}

function count(item: DicomJson, tag: string, where: string, most: number): number {
  const value = number(item, tag) ?? 0;
  if (!Number.isInteger(value) || value < 1 || value > most) fail(where, tag, `1 to ${most}`, value);
  return value;
}

function kindOf(item: DicomJson): Recording['kind'] {
  const label = text(item, wave.MultiplexGroupLabel) ?? '';
  if (/median|average|template|representative|mean beat/i.test(label)) return 'median';
  return text(item, wave.WaveformOriginality) === 'DERIVED' ? 'derived' : 'rhythm';
}

/** The bytes of the samples: in the source, or in the JSON when they are few, there in the order of the file again. */
function dataOf({ bulk, isBigEndian }: WaveformDataset, item: DicomJson, index: number) {
  const range = bulk[`${wave.WaveformSequence}/${index}/${wave.WaveformData}`];
  if (range) return { vr: range.vr, offset: range.offset, inline: null, length: range.length };
  const element = item[wave.WaveformData];
  const little = Buffer.from(element?.InlineBinary ?? '', 'base64');
  const inline = isBigEndian && element?.vr === 'OW' ? swapWords(little, 2) : little;
  return { vr: element?.vr ?? 'none', offset: null, inline, length: inline.length };
}

/** (5400,100A) is one sample, written like those of the data; some write it as a number. */
function paddingOf(item: DicomJson, form: SampleForm, isSwapped: boolean): number | null {
  const element = item[wave.WaveformPaddingValue];
  if (!element) return null;
  const value = element.Value?.[0];
  if (typeof value === 'number') return value | 0;
  const bytes = Buffer.from(element.InlineBinary ?? '', 'base64');
  if (bytes.length < form.bytes) return null;
  const raw = isSwapped && element.vr === 'OW' ? swapWords(bytes, 2) : bytes;
  return splitChannels(raw.subarray(0, form.bytes), form, 1)[0]?.[0] ?? null;
}

function requireRate(item: DicomJson, where: string): number {
  const rate = number(item, wave.SamplingFrequency) ?? 0;
  if (!(rate > 0)) fail(where, wave.SamplingFrequency, 'a sampling frequency above 0', rate);
  return rate;
}

function readGroup(dataset: WaveformDataset, item: DicomJson, index: number, warnings: TraceWarning[]): WaveformGroup {
  const where = `group ${index + 1}`;
  const channelCount = count(item, wave.NumberOfWaveformChannels, where, MAX_CHANNELS);
  const sampleCount = count(item, wave.NumberOfWaveformSamples, where, 0xffffffff);
  const samplingFrequency = requireRate(item, where);
  const interpretation = text(item, wave.WaveformSampleInterpretation) ?? '';
  const bits = number(item, wave.WaveformBitsAllocated) ?? 0;
  const form = sampleForm(interpretation, bits, dataset.isBigEndian, where);
  const definitions = sequence(item, wave.ChannelDefinitionSequence);
  if (definitions.length !== channelCount) {
    fail(where, wave.ChannelDefinitionSequence, `${channelCount} channels defined`, definitions.length);
  }
  const data = dataOf(dataset, item, index);
  if (dataset.isBigEndian && form.bytes === 1 && data.vr === 'OW') {
    fail(where, wave.WaveformData, 'OB for samples of 8 bits in big endian', 'OW');
  }
  const bytes = channelCount * sampleCount * form.bytes;
  // Anything but the padding to an even length means that a count is wrong, and then any picture would be.
  if (data.length !== bytes && data.length !== bytes + (bytes % 2)) {
    const expected = `${bytes} bytes: ${channelCount} channels of ${sampleCount} samples of ${form.bytes}`;
    fail(where, wave.WaveformData, expected, `${data.length} bytes`);
  }
  const channels = readChannels(definitions, { where, form, samplingFrequency }, warnings);
  const kind = kindOf(item);
  const label = text(item, wave.MultiplexGroupLabel)?.slice(0, 64) ?? null;
  const startMs = number(item, wave.MultiplexGroupTimeOffset) ?? 0;
  const padding = paddingOf(item, form, dataset.isBigEndian);
  const { offset, inline } = data;
  return { index, kind, label, samplingFrequency, startMs, sampleCount, form, channels, padding, offset, inline };
}

/**
 * What a dataset says about its waveforms, all multiplex groups.
 * @throws HubError ecg-invalid naming group, channel and tag, where counts, lengths, forms or units do not fit
 */
export function readLayout(dataset: WaveformDataset): WaveformLayout {
  requireEcgClass(text(dataset.json, tags.SOPClassUID));
  const items = sequence(dataset.json, wave.WaveformSequence);
  if (items.length === 0 || items.length > MAX_GROUPS) {
    fail('dataset', wave.WaveformSequence, `1 to ${MAX_GROUPS} multiplex groups`, items.length);
  }
  const warnings: TraceWarning[] = [];
  const groups = items.map((item, index) => readGroup(dataset, item, index, warnings));
  if (dataset.isTextDoubtful) warnings.push({ code: 'text-unreadable', where: '(0008,0005)' });
  return { source: dataset.source, json: dataset.json, groups, warnings };
}

/**
 * Reads everything but the samples of a Part 10 file, so that a recording of a week can be read range by range.
 * @throws HubError ecg-invalid, as `readLayout` and `readDatasetFrom`
 */
export async function describeWaveform(source: ByteSource): Promise<WaveformLayout> {
  return readLayout(await readDatasetFrom(source));
}

/** Where sampling points `from` to `to` (not included) of a group are in the source, in bytes from the first sample. */
export function byteRange(group: WaveformGroup, from: number, to: number): { at: number; length: number } {
  const point = group.channels.length * group.form.bytes;
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= group.sampleCount)) {
    throw new RangeError(`samples ${from} to ${to} of ${group.sampleCount}`);
  }
  return { at: from * point, length: (to - from) * point };
}

/**
 * Samples of every channel of the group, in the order of its channels, from exactly the bytes of `byteRange`.
 * In microvolts each is `sample * gain + baseline` of its channel.
 */
export function decodeRange(group: WaveformGroup, bytes: Buffer, from: number, to: number): Int32Array[] {
  const { length } = byteRange(group, from, to);
  if (bytes.length !== length) throw new RangeError(`${bytes.length} bytes given for ${length}`);
  return splitChannels(bytes, group.form, group.channels.length);
}

/** As `decodeRange`, read from the source of the layout. */
export async function readRange(
  { source }: Pick<WaveformLayout, 'source'>,
  group: WaveformGroup,
  from: number,
  to: number,
): Promise<Int32Array[]> {
  const { at, length } = byteRange(group, from, to);
  const bytes = group.inline?.subarray(at, at + length) ?? (await source.read((group.offset ?? 0) + at, length));
  return decodeRange(group, bytes, from, to);
}
