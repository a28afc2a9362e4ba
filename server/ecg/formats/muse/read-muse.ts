import type { RecordedFilter, Recording, Trace } from '../../trace.ts';
import { rootName } from '../xml/decode-xml.ts';
import { at, children, neededNumber, numeric } from '../xml/find.ts';
import { parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { asRecordings } from '../xml/recorded-leads.ts';
import { warn, type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { readMuseLead } from './muse-lead.ts';
import { readMuseMeasurements, readMusePatient, readMuseStatements, readMuseTest } from './muse-report.ts';

const mostWaveforms = 16;

/** Whether the bytes are a resting electrocardiogram as GE MUSE exports it: the root element says so. */
export const looksLikeMuse = (bytes: Buffer): boolean => rootName(bytes) === 'RestingECG';

/** HighPassFilter is in hundredths of a hertz (5 is 0.05 Hz), unless it has a decimal point; the others are in hertz. */
function filterOf(waveform: XmlElement): RecordedFilter {
  const hertz = (name: string) => {
    const value = numeric(at(waveform, name)?.text);
    return value !== undefined && value > 0 ? value : null;
  };
  const highPass = hertz('HighPassFilter');
  const isHertz = at(waveform, 'HighPassFilter')?.text.includes('.');
  return {
    highPassHz: highPass === null || isHertz ? highPass : highPass / 100,
    lowPassHz: hertz('LowPassFilter'),
    notchHz: hertz('ACFilter'),
  };
}

function readWaveform(source: XmlSource, waveform: XmlElement, where: string): Recording[] {
  const type = at(waveform, 'WaveformType')?.text.trim() ?? '';
  const kind = { Rhythm: 'rhythm', Median: 'median' }[type] as Recording['kind'] | undefined;
  if (!kind) {
    warn(source, 'section-skipped', `${where} ${type.slice(0, 40)}`);
    return [];
  }
  const base = neededNumber(source, at(waveform, 'SampleBase')?.text, `${where}/SampleBase`, 1, 100_000);
  const exponent = neededNumber(source, at(waveform, 'SampleExponent')?.text ?? '0', `${where}/SampleExponent`, -6, 6);
  const rate = base * 10 ** exponent;
  const filter = filterOf(waveform);
  const leads = children(waveform, 'LeadData').map((lead) =>
    readMuseLead(source, lead, rate, filter, `${where} ${type}`),
  );
  return asRecordings(source, leads, { kind, label: type, samplingFrequency: rate, startMs: 0 }, `${where} ${type}`);
}

/**
 * Reads a RestingECG of GE MUSE (restecg.dtd): rhythm and median waveforms as they are stored, which is without the leads
 * that are sums of others. Throws `ecg-invalid` naming the element: counts that disagree with the data, units other than volts.
 */
export function readMuse(bytes: Buffer): Trace {
  const source: XmlSource = { format: 'muse-xml', warnings: [] };
  const root = parseXml(bytes, source.format, ['WaveFormData']);
  if (root.name !== 'RestingECG') throw xmlInvalid(source, 'root element', 'RestingECG', root.name);
  const waveforms = children(root, 'Waveform');
  if (waveforms.length > mostWaveforms)
    throw xmlInvalid(source, 'RestingECG', `at most ${mostWaveforms} waveforms`, `${waveforms.length}`);
  const recordings = waveforms.flatMap((waveform, i) => readWaveform(source, waveform, `Waveform[${i + 1}]`));
  if (recordings.length === 0) throw xmlInvalid(source, 'RestingECG', 'a waveform Rhythm or Median with leads', 'none');
  // MUSE writes the median first.
  recordings.sort((a, b) => Number(a.kind === 'median') - Number(b.kind === 'median'));
  return {
    format: source.format,
    recordings,
    ...readMuseTest(source, root),
    patient: readMusePatient(source, root),
    accessionNumber: null,
    annotations: [],
    statements: readMuseStatements(source, root),
    deviceMeasurements: readMuseMeasurements(root),
    warnings: source.warnings,
    picture: null,
  };
}
