import type { Lead, Recording, Trace } from '../../../trace.ts';
import { escaped } from './write-xml.ts';

export interface AecgOptions {
  /** Unit of scale and origin. */
  unit?: 'uV' | 'mV' | 'nV';
  /** Unit of the increment. */
  step?: 's' | 'ms' | 'us';
  /** Elements of annotation sets of the first series. */
  annotations?: string;
}

const perMicrovolt = { uV: 1, mV: 1e-3, nV: 1e3 };
const perSecond = { s: 1, ms: 1e3, us: 1e6 };
const decimal = (value: number) => String(Number(value.toPrecision(12)));

const hl7 = (moment: string) => moment.replace(/[-:T]/g, '').replace(/^(\d{14}(?:\.\d+)?)(\d{4})$/, '$1+$2');

function sequence({ code, samples, gain, baseline }: Lead, unit: 'uV' | 'mV' | 'nV'): string {
  const scaled = (uv: number) => `value="${decimal(uv * perMicrovolt[unit])}" unit="${unit}"`;
  return `<component><sequence><code code="MDC_ECG_LEAD_${code.toUpperCase()}" codeSystem="2.16.840.1.113883.6.24"/>
<value xsi:type="SLIST_PQ"><origin ${scaled(baseline)}/><scale ${scaled(gain)}/><digits>${samples.join(' ')}</digits></value></sequence></component>`;
}

function filters({ filter }: Lead): string {
  const one = (kind: string, frequency: string, hertz: number | null) =>
    hertz === null
      ? ''
      : `<controlVariable><controlVariable><code code="MDC_ECG_CTL_VBL_ATTR_FILTER_${kind}"/><component><controlVariable>
<code code="MDC_ECG_CTL_VBL_ATTR_FILTER_${frequency}_FREQ"/><value xsi:type="PQ" value="${hertz}" unit="Hz"/></controlVariable></component></controlVariable></controlVariable>`;
  return (
    one('HIGH_PASS', 'CUTOFF', filter.highPassHz) +
    one('LOW_PASS', 'CUTOFF', filter.lowPassHz) +
    one('NOTCH', 'NOTCH', filter.notchHz)
  );
}

function set(recording: Recording, head: string, { unit = 'uV', step = 's' }: AecgOptions): string {
  const increment = decimal(perSecond[step] / recording.samplingFrequency);
  const [code, type] = recording.kind === 'rhythm' ? ['TIME_ABSOLUTE', 'GLIST_TS'] : ['TIME_RELATIVE', 'GLIST_PQ'];
  const start = recording.kind === 'rhythm' ? `value="${head}"` : `value="0" unit="${step}"`;
  return `<component><sequenceSet><component><sequence><code code="${code}"/><value xsi:type="${type}"><head ${start}/>
<increment value="${increment}" unit="${step}"/></value></sequence></component>${recording.leads.map((lead) => sequence(lead, unit)).join('')}</sequenceSet></component>`;
}

function series(trace: Trace, options: AecgOptions): string {
  const moment = trace.acquiredAt ? hl7(trace.acquiredAt) : '';
  const { device } = trace;
  const part = (recording: Recording, name: string) =>
    recording.kind === 'rhythm' ? name : `derived${name.replace('s', 'S')}`;
  const derived = trace.recordings.filter(({ kind }) => kind !== 'rhythm');
  const body = (
    recording: Recording,
    inner: string,
  ) => `<${part(recording, 'series')}><code code="${recording.kind === 'rhythm' ? 'RHYTHM' : 'REPRESENTATIVE_BEAT'}"/>
<effectiveTime><low value="${moment}"/></effectiveTime><author><seriesAuthor><manufacturedSeriesDevice><id extension="${device.serialNumber}"/>
<manufacturerModelName>${device.model}</manufacturerModelName><softwareName>${device.software}</softwareName></manufacturedSeriesDevice>
<manufacturerOrganization><name>${device.manufacturer}</name></manufacturerOrganization></seriesAuthor></author>
${recording.leads[0] ? filters(recording.leads[0]) : ''}${set(recording, moment, options)}${inner}</${part(recording, 'series')}>`;
  const [rhythm] = trace.recordings;
  if (!rhythm) return '';
  const inner = derived.map((one) => `<derivation>${body(one, '')}</derivation>`).join('');
  const annotations = options.annotations
    ? `<subjectOf><annotationSet>${options.annotations}</annotationSet></subjectOf>`
    : '';
  return `<component>${body(rhythm, annotations + inner)}</component>`;
}

/** A trace with one rhythm, and medians, as HL7 aECG. */
export function writeAecg(trace: Trace, options: AecgOptions = {}): string {
  const { id, name, sex, birthDate } = trace.patient;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment before the root -->
<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" type="Observation">
<id root="61d1a24f-b47e-41aa-ae95-f8ac302f4eeb"/><code code="93000"/>
<componentOf><timepointEvent><componentOf><subjectAssignment><subject><trialSubject><id extension="${escaped(id ?? '')}"/>
<subjectDemographicPerson><name>${escaped(name ?? '')}</name><administrativeGenderCode code="${sex}"/><birthTime value="${birthDate}"/></subjectDemographicPerson>
</trialSubject></subject></subjectAssignment></componentOf></timepointEvent></componentOf>
${series(trace, options)}</AnnotatedECG>`;
}
