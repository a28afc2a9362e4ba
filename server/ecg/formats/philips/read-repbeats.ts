import { leadCode } from '../../leads.ts';
import type { RecordedFilter, Recording } from '../../trace.ts';
import { int16Samples, readBase64 } from '../xml/base64-samples.ts';
import { at, children, neededNumber, numeric } from '../xml/find.ts';
import { readIntegers } from '../xml/integers.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { asRecordings, type StoredLead } from '../xml/recorded-leads.ts';
import { warn, type XmlSource, xmlInvalid } from '../xml/xml-source.ts';

const none: RecordedFilter = { highPassHz: null, lowPassHz: null, notchHz: null };

/** The samples of one beat: in `waveform` since 1.04, in `repbeat` itself before. */
function samplesOf(source: XmlSource, beat: XmlElement, encoding: string, where: string): Int32Array {
  const { text } = at(beat, 'waveform') ?? beat;
  if (encoding === 'Base64') return int16Samples(source, readBase64(source, text, where), where);
  if (encoding === 'Plain') return readIntegers(source, text, where);
  throw xmlInvalid(source, 'repbeats@dataencoding', 'Base64 or Plain', encoding || 'nothing');
}

/** The rate that is stated, else the one that follows from the duration that is stated; 0 where neither is. */
function rateOf(source: XmlSource, beats: XmlElement, first: XmlElement, count: number): number {
  const text = beats.attributes.get('samplespersec') ?? beats.attributes.get('samplespersecond');
  if (text !== undefined) return neededNumber(source, text, 'repbeats@samplespersec', 1, 100_000);
  const duration = numeric(at(first, 'waveform')?.attributes.get('duration') ?? first.attributes.get('duration'));
  return duration !== undefined && duration > 0 ? Math.round((count * 1e6) / duration) / 1000 : 0;
}

/**
 * The representative beats. They have a rate and a resolution of their own, often not those of the rhythm: where neither
 * can be known they are left out, with the warning `section-skipped`.
 */
export function readRepbeats(source: XmlSource, beats: XmlElement | undefined): Recording[] {
  const all = children(beats, 'repbeat');
  const [first] = all;
  if (!beats || !first) return [];
  const gain = numeric(beats.attributes.get('resolution'));
  if (gain === undefined || beats.attributes.get('compression')) {
    warn(source, 'section-skipped', gain === undefined ? 'repbeats@resolution' : 'repbeats@compression');
    return [];
  }
  const encoding = beats.attributes.get('dataencoding') ?? '';
  const leads = all.map((beat): StoredLead => {
    const name = leadCode(beat.attributes.get('leadname') ?? '');
    return { name, samples: samplesOf(source, beat, encoding, `repbeat ${name}`), gain, baseline: 0, filter: none };
  });
  const rate = rateOf(source, beats, first, leads[0]?.samples.length ?? 0);
  if (rate === 0) {
    warn(source, 'section-skipped', 'repbeats@samplespersec');
    return [];
  }
  const label = beats.attributes.get('repbeatmethod')?.slice(0, 64) ?? null;
  return asRecordings(source, leads, { kind: 'median', label, samplingFrequency: rate, startMs: 0 }, 'repbeats');
}
