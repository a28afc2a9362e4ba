import { type DicomJson, number, sequence, text } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { RecordedFilter, TraceWarning } from '../../trace.ts';
import { isKnownLead, leadOfSource } from './lead-codes.ts';
import { type SampleForm, signShift } from './samples.ts';
import { tagName, wave } from './waveform-tags.ts';

/** One channel of a multiplex group: in microvolts a sample is `sample * gain + baseline`. */
export interface Channel {
  /** As leads.ts spells it; unique in its group. */
  readonly code: string;
  readonly derived: boolean;
  /** False for what is no voltage, such as a pressure or a marker: never an electrocardiogram. */
  readonly isVoltage: boolean;
  /** Microvolts per unit and at zero; 1 and 0 where it is no voltage. */
  readonly gain: number;
  readonly baseline: number;
  readonly filter: RecordedFilter;
  /** Samples by which the channel begins after its group. */
  readonly skew: number;
}

/** UCUM codes of voltage in microvolts; some writers give the name where the code belongs. */
const microvolts: Readonly<Record<string, number>> = {
  nV: 1e-3,
  uV: 1,
  '\u00b5V': 1,
  '\u03bcV': 1,
  mV: 1e3,
  V: 1e6,
  nanovolt: 1e-3,
  microvolt: 1,
  microvolts: 1,
  millivolt: 1e3,
  millivolts: 1e3,
  volt: 1e6,
  volts: 1e6,
};

/** 0 stands for no filter in the files of several makers. */
const positive = (value: number | undefined): number | null => (value !== undefined && value > 0 ? value : null);

function unitOf(item: DicomJson): { factor: number | undefined; name: string } {
  const code = sequence(item, wave.ChannelSensitivityUnitsSequence)[0] ?? {};
  const value = text(code, tags.CodeValue) ?? '';
  const meaning = text(code, tags.CodeMeaning) ?? '';
  const factor =
    microvolts[value.replace(/[[\]]/g, '')] ?? (value === '' ? microvolts[meaning.toLowerCase()] : undefined);
  return { factor, name: value || meaning };
}

function requireNumber(item: DicomJson, tag: string, where: string, absent: number | undefined): number {
  const value = number(item, tag);
  const isAbsent = item[tag]?.Value === undefined;
  if (value !== undefined) return value;
  if (isAbsent && absent !== undefined) return absent;
  const found = isAbsent ? 'none' : String(item[tag]?.Value?.[0]);
  throw ecgInvalid({ format: 'dicom', where: `${where} ${tagName(tag)}`, expected: 'a number', found });
}

function scaleOf(item: DicomJson, form: SampleForm, factor: number, where: string) {
  const sensitivity = requireNumber(item, wave.ChannelSensitivity, where, undefined);
  const correction = requireNumber(item, wave.ChannelSensitivityCorrectionFactor, where, 1);
  const gain = sensitivity * correction * factor;
  if (gain === 0 || !Number.isFinite(gain)) {
    const place = `${where} ${tagName(wave.ChannelSensitivity)}`;
    throw ecgInvalid({ format: 'dicom', where: place, expected: 'a sensitivity that is not 0', found: String(gain) });
  }
  const baseline = requireNumber(item, wave.ChannelBaseline, where, 0) * factor;
  return { gain, baseline: baseline + signShift(form) * gain };
}

function skewOf(item: DicomJson, samplingFrequency: number): number {
  const seconds = number(item, wave.ChannelTimeSkew);
  return seconds === undefined ? (number(item, wave.ChannelSampleSkew) ?? 0) : seconds * samplingFrequency;
}

/** Channels that a multiplexer shifts within one sampling point begin together: with the first of them. */
function together(channels: readonly Channel[]): Channel[] {
  let begin = Number.NEGATIVE_INFINITY;
  const begins = new Map<number, number>();
  for (const skew of channels.map((channel) => channel.skew).toSorted((a, b) => a - b)) {
    if (skew - begin >= 1) begin = skew;
    begins.set(skew, begin);
  }
  return channels.map((channel) => ({ ...channel, skew: begins.get(channel.skew) ?? channel.skew }));
}

function codeOf(item: DicomJson, where: string, used: ReadonlySet<string>, warnings: TraceWarning[]) {
  const source = sequence(item, wave.ChannelSourceSequence)[0] ?? {};
  const words = {
    value: text(source, tags.CodeValue) ?? text(source, '00080119') ?? '',
    meaning: text(source, tags.CodeMeaning) ?? '',
    label: text(item, wave.ChannelLabel) ?? '',
  };
  const { code, derived } = leadOfSource(words);
  const name = code ?? where;
  if (!isKnownLead(name)) warnings.push({ code: 'lead-unknown', where, detail: name });
  if (!used.has(name)) return { code: name, derived };
  // Two channels that call themselves the same lead: the second is shown under a name of its own.
  warnings.push({ code: 'lead-unknown', where, detail: `${name} is there already` });
  return { code: `${name}#${where.replace(/\D+/g, ' ').trim().replace(' ', '.')}`, derived };
}

/**
 * The channels of a group in their order.
 * @param where the group, as `group 1`
 * @throws HubError ecg-invalid naming channel and tag, when a voltage has no sensitivity or one that is no number
 */
export function readChannels(
  items: readonly DicomJson[],
  group: { where: string; form: SampleForm; samplingFrequency: number },
  warnings: TraceWarning[],
): Channel[] {
  const used = new Set<string>();
  const channels = items.map((item, index): Channel => {
    const where = `${group.where} channel ${index + 1}`;
    const { factor, name } = unitOf(item);
    const skew = skewOf(item, group.samplingFrequency);
    const filter = {
      highPassHz: positive(number(item, wave.FilterLowFrequency)),
      lowPassHz: positive(number(item, wave.FilterHighFrequency)),
      notchHz: positive(number(item, wave.NotchFilterFrequency)),
    };
    if (factor === undefined) {
      if (name === '') {
        const place = `${where} ${tagName(wave.ChannelSensitivityUnitsSequence)}`;
        throw ecgInvalid({ format: 'dicom', where: place, expected: 'a unit of voltage', found: 'none' });
      }
      warnings.push({ code: 'section-skipped', where, detail: `unit ${name.slice(0, 16)}` });
      return { code: where, derived: false, isVoltage: false, gain: 1, baseline: 0, filter, skew };
    }
    const { code, derived } = codeOf(item, where, used, warnings);
    used.add(code);
    const isDerived = derived || text(item, wave.ChannelDerivationDescription) !== undefined;
    return { code, derived: isDerived, isVoltage: true, ...scaleOf(item, group.form, factor, where), filter, skew };
  });
  return together(channels);
}
