import { leadCode, twelveLeads } from '../../leads.ts';
import type { RecordedFilter, Recording } from '../../trace.ts';
import { at, neededNumber, numeric } from '../xml/find.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { asRecordings, microvolts } from '../xml/recorded-leads.ts';
import { type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { storedSamples } from './stored-samples.ts';

const mostLeads = 32;
/** Of all leads together: twelve for an hour and a half at 500 Hz. */
const mostSamples = 32_000_000;

/** What is said of the stored waveform: first by itself (1.04), then by the acquisition (1.03). */
export interface Characteristics {
  readonly waveform: XmlElement;
  readonly signal: XmlElement | undefined;
}

const stated = ({ waveform, signal }: Characteristics, attribute: string, ...elements: string[]): string | undefined =>
  waveform.attributes.get(attribute)?.trim() || elements.map((name) => at(signal, name)?.text.trim()).find(Boolean);

function filterOf(about: Characteristics): RecordedFilter {
  const band = at(about.signal, 'signalbandwidth')?.text.split('-') ?? [];
  const positive = (text: string | undefined) => {
    const value = numeric(text);
    return value !== undefined && value > 0 ? value : null;
  };
  const isNotched = stated(about, 'notchfiltered', 'notchfiltered')?.toLowerCase() !== 'false';
  return {
    highPassHz: positive(stated(about, 'hipass', 'hipass') ?? band[0]),
    lowPassHz: positive(stated(about, 'lowpass', 'lowpass') ?? band[1]),
    notchHz: isNotched ? positive(stated(about, 'notchfilterfreqs', 'notchfilterfreqs')) : null,
  };
}

/** Microvolts per unit. The schema gives amplitudes in microvolts; some recorders name the unit beside the number. */
function resolutionOf(source: XmlSource, about: Characteristics, where: string): number {
  const element = at(about.signal, 'resolution') ?? at(about.signal, 'signalresolution');
  const unit = about.waveform.attributes.get('resolutionunit') ?? element?.attributes.get('unit') ?? 'uV';
  const factor = microvolts(unit);
  if (factor === undefined) throw xmlInvalid(source, `${where}@unit`, 'uV, nV or mV', unit);
  return neededNumber(source, stated(about, 'resolution', 'resolution', 'signalresolution'), where, 1e-6, 1e6) * factor;
}

/** The names of the leads in the order of the data. Version 1.03 only names the set, and only sets whose order is known are read. */
function labels(source: XmlSource, about: Characteristics): string[] {
  const { waveform, signal } = about;
  const count =
    waveform.attributes.get('numberofleads') ??
    at(signal, 'numberchannelsvalid')?.text ??
    at(signal, 'numberchannelsallocated')?.text;
  const leads = neededNumber(source, count, 'parsedwaveforms@numberofleads', 1, mostLeads);
  const set = at(signal, 'leadset')?.text.trim() || at(signal, 'acquisitiontype')?.text.trim() || '';
  const named = waveform.attributes.get('leadlabels')?.trim();
  const names = named ? named.split(/\s+/) : ['STD-12', '10-WIRE'].includes(set) ? [...twelveLeads] : [];
  if (!Number.isInteger(leads) || (named ? names.length < leads : leads !== names.length))
    throw xmlInvalid(source, 'parsedwaveforms@leadlabels', `the names of ${leads} leads`, named ?? (set || 'nothing'));
  return names.slice(0, leads);
}

/** The rhythm: `parsedwaveforms`, with what `signalcharacteristics` says of it. Throws `ecg-invalid`. */
export function readRhythm(source: XmlSource, about: Characteristics): Recording[] {
  const where = 'parsedwaveforms';
  const bits = numeric(stated(about, 'bitspersample', 'bitspersample') ?? '16');
  if (bits !== 16) throw xmlInvalid(source, `${where}@bitspersample`, '16', `${bits}`);
  const rate = neededNumber(
    source,
    stated(about, 'samplespersecond', 'samplingrate'),
    'signalcharacteristics/samplingrate',
    1,
    100_000,
  );
  const duration = neededNumber(
    source,
    about.waveform.attributes.get('durationperchannel'),
    `${where}@durationperchannel`,
    1,
    1e8,
  );
  const samples = Math.round((duration * rate) / 1000);
  const codes = labels(source, about).map(leadCode);
  // A code of ten bits stands for at most 767 bytes: a count that the text cannot hold is forged, and nothing is allocated for it.
  if (samples < 1 || samples * codes.length > Math.min(mostSamples, about.waveform.text.length * 256))
    throw xmlInvalid(source, `${where}@durationperchannel`, 'as long as the data are', `${duration} ms`);
  const gain = resolutionOf(source, about, 'signalcharacteristics/resolution');
  const zero = neededNumber(
    source,
    stated(about, 'signaloffset', 'signaloffset') ?? '0',
    `${where}@signaloffset`,
    -65_536,
    65_536,
  );
  const filter = filterOf(about);
  const isSigned = stated(about, 'signalsigned', 'signalsigned')?.toLowerCase() !== 'false';
  const { waveform } = about;
  const stored = storedSamples(source, { waveform, codes, samples, isSigned }).map((one, i) => ({
    name: codes[i] ?? '',
    samples: one,
    gain,
    baseline: zero === 0 ? 0 : -zero * gain,
    filter,
  }));
  return asRecordings(source, stored, { kind: 'rhythm', label: null, samplingFrequency: rate, startMs: 0 }, where);
}
