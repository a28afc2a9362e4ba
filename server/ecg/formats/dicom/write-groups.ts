import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { Lead, Recording } from '../../trace.ts';
import { attribute, codeItem, items, line } from './dicom-values.ts';
import { exactFactors } from './exact-decimal.ts';
import { sourceOfLead } from './lead-codes.ts';
import { wave } from './waveform-tags.ts';

const medianLabel = /median|average|template|representative|mean beat/i;

/** The label says what is median when it is read again, so that it must not say so of anything else. */
function labelOf({ kind, label }: Recording): string {
  const own = line(label, 16);
  if (kind === 'median') return medianLabel.test(own) ? own : 'MEDIAN BEAT';
  return medianLabel.test(own) ? '' : own;
}

const optional = (tag: string, vr: string, value: string | number | null): DicomJson =>
  value === null || value === '' ? {} : { [tag]: attribute(vr, value) };

function channelOf({ code, derived, gain, baseline, filter }: Lead, startMs: number, bits: number): DicomJson {
  const source = sourceOfLead(code);
  const { sensitivity, correction } = exactFactors(gain);
  return {
    [wave.ChannelLabel]: attribute('SH', line(code, 16)),
    [wave.ChannelSourceSequence]: items(codeItem(source.value, source.scheme, source.meaning)),
    ...optional(wave.ChannelDerivationDescription, 'LO', derived ? 'Computed from other leads' : null),
    [wave.ChannelSensitivity]: attribute('DS', sensitivity),
    [wave.ChannelSensitivityUnitsSequence]: items(codeItem('uV', 'UCUM', 'microvolt')),
    [wave.ChannelSensitivityCorrectionFactor]: attribute('DS', correction),
    [wave.ChannelBaseline]: attribute('DS', baseline),
    // The offset of a group is allowed only for clocks that are synchronized; that of a channel says the same.
    ...(startMs === 0
      ? { [wave.ChannelSampleSkew]: attribute('DS', 0) }
      : { [wave.ChannelTimeSkew]: attribute('DS', startMs / 1000) }),
    [wave.WaveformBitsStored]: attribute('US', bits),
    ...optional(wave.FilterLowFrequency, 'DS', filter.highPassHz),
    ...optional(wave.FilterHighFrequency, 'DS', filter.lowPassHz),
    ...optional(wave.NotchFilterFrequency, 'DS', filter.notchHz),
  };
}

/** All leads interleaved, sampling point after sampling point, little endian. */
function interleaved(leads: readonly Lead[], bits: 16 | 32): Buffer {
  const count = leads[0]?.samples.length ?? 0;
  const Values = bits === 16 ? Int16Array : Int32Array;
  const values = new Values(count * leads.length);
  for (const [channel, { samples }] of leads.entries()) {
    for (let i = 0, at = channel; i < count; i += 1, at += leads.length) values[at] = samples[i] as number;
  }
  return Buffer.from(values.buffer);
}

/** One recording as one multiplex group (PS3.3 C.10.9). */
export function groupItem(recording: Recording, bits: 16 | 32): DicomJson {
  const { kind, leads, samplingFrequency, startMs } = recording;
  return {
    [wave.WaveformOriginality]: attribute('CS', kind === 'rhythm' ? 'ORIGINAL' : 'DERIVED'),
    [wave.NumberOfWaveformChannels]: attribute('US', leads.length),
    [wave.NumberOfWaveformSamples]: attribute('UL', leads[0]?.samples.length),
    [wave.SamplingFrequency]: attribute('DS', samplingFrequency),
    ...optional(wave.MultiplexGroupLabel, 'SH', labelOf(recording)),
    [wave.ChannelDefinitionSequence]: items(...leads.map((lead) => channelOf(lead, startMs, bits))),
    [wave.WaveformBitsAllocated]: attribute('US', bits),
    [wave.WaveformSampleInterpretation]: attribute('CS', bits === 16 ? 'SS' : 'SL'),
    [wave.WaveformData]: { vr: 'OW', InlineBinary: interleaved(leads, bits).toString('base64') },
  };
}
