import { deflateRawSync } from 'node:zlib';
import { fileMeta } from '@lianzhen/dicom/file-meta.ts';
import type { DicomAttribute, DicomJson } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { deflatedExplicitLittleEndian, explicitBigEndian, explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { swapElements } from '@lianzhen/dicom/swap-elements.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { attribute, codeItem, items } from '../dicom-values.ts';
import { ecgClass } from '../ecg-classes.ts';
import { wave } from '../waveform-tags.ts';

export interface TestChannel {
  source: readonly [value: string, scheme: string, meaning: string];
  samples: readonly number[];
  unit?: string;
  /** Other attributes, or other values. */
  attributes?: DicomJson;
}

export interface TestGroup {
  channels: readonly TestChannel[];
  interpretation?: string;
  bits?: number;
  rate?: number;
  attributes?: DicomJson;
}

export interface TestWaveform {
  groups: readonly TestGroup[];
  sopClassUid?: string;
  transferSyntaxUid?: string;
  attributes?: DicomJson;
}

const writers: Readonly<Record<string, (bytes: Buffer, value: number, at: number) => void>> = {
  SB: (bytes, value, at) => bytes.writeInt8(value, at),
  UB: (bytes, value, at) => bytes.writeUInt8(value, at),
  SS: (bytes, value, at) => bytes.writeInt16LE(value, at * 2),
  US: (bytes, value, at) => bytes.writeUInt16LE(value, at * 2),
  SL: (bytes, value, at) => bytes.writeInt32LE(value, at * 4),
  UL: (bytes, value, at) => bytes.writeUInt32LE(value, at * 4),
};

export function sampleBytes(interpretation: string, values: readonly number[]): DicomAttribute {
  const width = { B: 1, S: 2, L: 4 }[interpretation.slice(1)] ?? 2;
  const bytes = Buffer.alloc(values.length * width);
  for (const [at, value] of values.entries()) (writers[interpretation] ?? writers.UB)?.(bytes, value, at);
  return { vr: width === 1 ? 'OB' : 'OW', InlineBinary: bytes.toString('base64') };
}

const channelItem = ({ source, unit = 'uV', attributes }: TestChannel): DicomJson => ({
  [wave.ChannelSourceSequence]: items(codeItem(...source)),
  [wave.ChannelSensitivity]: attribute('DS', 5),
  [wave.ChannelSensitivityUnitsSequence]: items(codeItem(unit, 'UCUM', 'unit')),
  [wave.ChannelSensitivityCorrectionFactor]: attribute('DS', 1),
  [wave.ChannelBaseline]: attribute('DS', 0),
  ...attributes,
});

function groupItem({ channels, interpretation = 'SS', bits, rate = 500, attributes }: TestGroup): DicomJson {
  const count = channels[0]?.samples.length ?? 0;
  const values = Array.from({ length: count }, (_, at) => channels.map(({ samples }) => samples[at] ?? 0)).flat();
  return {
    [wave.WaveformOriginality]: attribute('CS', 'ORIGINAL'),
    [wave.NumberOfWaveformChannels]: attribute('US', channels.length),
    [wave.NumberOfWaveformSamples]: attribute('UL', count),
    [wave.SamplingFrequency]: attribute('DS', rate),
    [wave.ChannelDefinitionSequence]: items(...channels.map(channelItem)),
    [wave.WaveformBitsAllocated]: attribute('US', bits ?? { B: 8, S: 16, L: 32 }[interpretation.slice(1)] ?? 16),
    [wave.WaveformSampleInterpretation]: attribute('CS', interpretation),
    [wave.WaveformData]: sampleBytes(interpretation, values),
    ...attributes,
  };
}

/** A waveform object as its parts are given, right or wrong, in any transfer syntax without compression of pixels. */
export function waveformFile(waveform: TestWaveform): Buffer {
  const sopClassUid = waveform.sopClassUid ?? ecgClass.general;
  const sopInstanceUid = '2.25.10';
  const json: DicomJson = {
    [tags.SOPClassUID]: attribute('UI', sopClassUid),
    [tags.SOPInstanceUID]: attribute('UI', sopInstanceUid),
    [tags.StudyInstanceUID]: attribute('UI', '2.25.11'),
    [tags.SeriesInstanceUID]: attribute('UI', '2.25.12'),
    [tags.AcquisitionDateTime]: attribute('DT', '20260301081530.25'),
    [wave.WaveformSequence]: items(...waveform.groups.map(groupItem)),
    ...waveform.attributes,
  };
  const { transferSyntaxUid = explicitLittleEndian } = waveform;
  const isDeflated = transferSyntaxUid === deflatedExplicitLittleEndian;
  if (!isDeflated && transferSyntaxUid !== explicitBigEndian) return writePart10(json, transferSyntaxUid);
  const plainMeta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian });
  const dataset = writePart10(json).subarray(plainMeta.length);
  const meta = fileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid });
  if (isDeflated) return Buffer.concat([meta, deflateRawSync(dataset)]);
  return Buffer.concat([meta, swapElements(dataset, 'to-big-endian')]);
}
