import type { RecordedFilter, Recording } from '../../trace.ts';
import { at, every, neededNumber, numeric } from '../xml/find.ts';
import { readIntegers } from '../xml/integers.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { asRecordings, microvolts, type StoredLead } from '../xml/recorded-leads.ts';
import { warn, type XmlSource, xmlInvalid } from '../xml/xml-source.ts';
import { hl7Time, unitsPerSecond } from './aecg-time.ts';

const codeOf = (element: XmlElement | undefined): string => at(element, 'code')?.attributes.get('code')?.trim() ?? '';

/** The xsi:type, which some programs write with the prefix of its namespace. */
const typeOf = (value: XmlElement | undefined): string =>
  value?.attributes.get('type')?.replace(/^\w+:/, '') ?? 'no type';

interface Clock {
  readonly samplingFrequency: number;
  /** The moment of the first sample (GLIST_TS). */
  readonly moment: string | null;
  /** Milliseconds of the first sample after the beginning of the series (GLIST_PQ). */
  readonly afterMs: number | null;
}

/** A rate to a millionth, so that an increment of 2 ms is 500 Hz and not 500.00000000000006. */
const rateOf = (increment: number, unitsInSecond: number) => Math.round((unitsInSecond / increment) * 1e6) / 1e6;

function clockOf(source: XmlSource, sequence: XmlElement, where: string): Clock {
  const value = at(sequence, 'value');
  const type = typeOf(value);
  if (type !== 'GLIST_TS' && type !== 'GLIST_PQ')
    throw xmlInvalid(source, `${where}/value@type`, 'GLIST_TS or GLIST_PQ', type);
  const increment = at(value, 'increment');
  const inSecond = unitsPerSecond(increment?.attributes.get('unit'));
  if (inSecond === undefined)
    throw xmlInvalid(
      source,
      `${where}/increment@unit`,
      's, ms, us or ns',
      increment?.attributes.get('unit') ?? 'nothing',
    );
  const step = neededNumber(source, increment?.attributes.get('value'), `${where}/increment@value`, 1e-9, 1e9);
  const head = at(value, 'head')?.attributes;
  const samplingFrequency = rateOf(step, inSecond);
  if (type === 'GLIST_TS')
    return { samplingFrequency, moment: hl7Time(source, head?.get('value'), `${where}/head`), afterMs: null };
  const headInSecond = unitsPerSecond(head?.get('unit') ?? increment?.attributes.get('unit'));
  const first = numeric(head?.get('value') ?? '0');
  // A head of more than ten years is no time of a recording.
  const isTime = first !== undefined && headInSecond !== undefined && Math.abs(first / headInSecond) < 1e9;
  const afterMs = isTime ? (first / headInSecond) * 1000 : null;
  if (afterMs === null) warn(source, 'time-unreadable', `${where}/head`);
  return { samplingFrequency, moment: null, afterMs };
}

function quantity(source: XmlSource, element: XmlElement | undefined, where: string): number {
  const unit = element?.attributes.get('unit');
  const factor = microvolts(unit);
  if (factor === undefined) throw xmlInvalid(source, `${where}@unit`, 'uV, mV, nV or V', unit ?? 'nothing');
  return neededNumber(source, element?.attributes.get('value'), `${where}@value`, -1e9, 1e9) * factor;
}

function leadOf(source: XmlSource, sequence: XmlElement, filter: RecordedFilter, where: string): StoredLead {
  const value = at(sequence, 'value');
  const type = typeOf(value);
  if (type !== 'SLIST_PQ') throw xmlInvalid(source, `${where}/value@type`, 'SLIST_PQ', type);
  return {
    name: codeOf(sequence),
    gain: quantity(source, at(value, 'scale'), `${where}/scale`),
    baseline: quantity(source, at(value, 'origin'), `${where}/origin`),
    samples: readIntegers(source, at(value, 'digits')?.text ?? '', `${where}/digits`),
    filter,
  };
}

export interface SequenceSet {
  readonly clock: Clock;
  readonly leads: readonly StoredLead[];
  readonly where: string;
}

const isClock = (code: string) => code === 'TIME_ABSOLUTE' || code === 'TIME_RELATIVE';

/** One set of leads that were recorded together, with its clock: absolute where it has one, else relative. Throws `ecg-invalid`. */
export function readSequenceSet(
  source: XmlSource,
  set: XmlElement,
  filter: RecordedFilter,
  where: string,
): SequenceSet {
  const sequences = every(set, 'component/sequence');
  const time =
    sequences.find((one) => codeOf(one) === 'TIME_ABSOLUTE') ??
    sequences.find((one) => codeOf(one) === 'TIME_RELATIVE');
  if (!time) throw xmlInvalid(source, where, 'a sequence TIME_ABSOLUTE or TIME_RELATIVE', 'neither');
  const leads: StoredLead[] = [];
  for (const sequence of sequences) {
    const code = codeOf(sequence);
    if (isClock(code)) continue;
    if (/^MDC_ECG_LEAD_/i.test(code)) leads.push(leadOf(source, sequence, filter, `${where} ${code.slice(0, 40)}`));
    // Respiration and the like: not a lead, and not drawn as one.
    else warn(source, 'section-skipped', `${where} ${code.slice(0, 40)}`);
  }
  return { clock: clockOf(source, time, `${where} ${codeOf(time)}`), leads, where };
}

/** The recordings of a set whose first sample lies `startMs` after the beginning of the trace. */
export const recordingsOf = (
  source: XmlSource,
  set: SequenceSet,
  kind: Recording['kind'],
  label: string | null,
  startMs: number,
): Recording[] =>
  asRecordings(source, set.leads, { kind, label, samplingFrequency: set.clock.samplingFrequency, startMs }, set.where);
