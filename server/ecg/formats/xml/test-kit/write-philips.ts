import type { Recording, Trace } from '../../../trace.ts';
import { limbResiduals, xliChunk } from './write-xli.ts';
import { escaped, int16, wrapped } from './write-xml.ts';

export interface PhilipsOptions {
  version?: '1.03' | '1.04' | '1.04.01' | '1.04.02';
  encoding?: 'XLI' | 'Base64' | 'Plain';
  /** Chunks of unused leads behind those that are named. */
  extraChunks?: number;
}

function data({ leads }: Recording, { encoding = 'XLI', extraChunks = 0 }: PhilipsOptions): string {
  const samples = leads.map((lead) => lead.samples);
  if (encoding === 'Plain') return samples.map((one) => one.join(' ')).join('\n');
  if (encoding === 'Base64') return wrapped(Buffer.concat(samples.map(int16)));
  const unused = Array.from({ length: extraChunks }, () => new Int32Array(samples[0]?.length ?? 0));
  return wrapped(Buffer.concat([...limbResiduals(samples), ...unused].map(xliChunk)));
}

function parsed(recording: Recording, options: PhilipsOptions): string {
  const { version = '1.04', encoding = 'XLI' } = options;
  const duration = ((recording.leads[0]?.samples.length ?? 0) * 1000) / recording.samplingFrequency;
  const code = encoding === 'Plain' ? 'Plain' : 'Base64';
  const old = `compressflag="${encoding === 'XLI' ? 'True' : 'False'}" compressmethod="XLI" nbitspersample="16"`;
  const names = recording.leads.map((lead) => lead.code).join(' ');
  const recent = `${encoding === 'XLI' ? 'compression="XLI" ' : ''}numberofleads="${recording.leads.length}" leadlabels="${names}" resolution="${recording.leads[0]?.gain}" hipass="0.05" lowpass="150" notchfiltered="True" notchfilterfreqs="50" signalsigned="True" bitspersample="16"`;
  return `<parsedwaveforms dataencoding="${code}" durationperchannel="${duration}" ${version === '1.03' ? old : recent}>${data(recording, options)}</parsedwaveforms>`;
}

function beats(recording: Recording | undefined, { version = '1.04' }: PhilipsOptions): string {
  if (!recording) return '';
  const one = (text: string) =>
    version === '1.03' ? text : `<qrsdur>92</qrsdur><waveform duration="1200">${text}</waveform>`;
  const all = recording.leads.map(
    (lead) => `<repbeat leadname="${lead.code}">${one(wrapped(int16(lead.samples)))}</repbeat>`,
  );
  return `<repbeats dataencoding="Base64" samplespersec="${recording.samplingFrequency}" resolution="${recording.leads[0]?.gain}">${all.join('')}</repbeats>`;
}

const interpretation = `<interpretations><interpretation date="2026-03-01" time="08:00:10"><globalmeasurements><heartrate>75</heartrate><rrint>800</rrint>
<pdur>104</pdur><print>160</print><qrsdur>92</qrsdur><qtint>380</qtint><qtcb>425</qtcb><pfrontaxis>51</pfrontaxis><qrsfrontaxis>Indeterminate</qrsfrontaxis>
<tfrontaxis>40</tfrontaxis></globalmeasurements><severity code="AB">- ABNORMAL ECG -</severity><statement><statementcode>SR</statementcode>
<leftstatement>SINUS RHYTHM</leftstatement><rightstatement>V-rate 50-99</rightstatement></statement></interpretation></interpretations>`;

const global = `<measurements><globalmeasurements><pfrontaxis>51</pfrontaxis><meanventrate>75</meanventrate><meanprint>160</meanprint>
<meanqrsdur>92</meanqrsdur><meanqtint>380</meanqtint><meanqtc>425</meanqtc></globalmeasurements></measurements>`;

/** A trace with a rhythm and at most one median as Philips XML. */
export function writePhilips(trace: Trace, options: PhilipsOptions = {}): string {
  const { version = '1.04' } = options;
  const [rhythm, median] = trace.recordings;
  if (!rhythm) throw new Error('a trace with a rhythm');
  const [last, first] = (trace.patient.name ?? '').split('^');
  const birth = trace.patient.birthDate?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const moment = `date="${trace.acquiredAt?.slice(0, 10)}" time="${trace.acquiredAt?.slice(11, 19)}"`;
  const signal =
    version === '1.03'
      ? `<signalresolution>${rhythm.leads[0]?.gain}</signalresolution><signalbandwidth>0.05-150</signalbandwidth><leadset>STD-12</leadset><numberchannelsvalid>12</numberchannelsvalid>`
      : '<resolution>5</resolution><hipass>0.5</hipass><acquisitiontype>10-WIRE</acquisitiontype>';
  return `<?xml version="1.0" encoding="UTF-8"?>
<restingecgdata xmlns="http://www3.medical.philips.com" status="Unconfirmed" lang="en">
<documentinfo><documenttype>${version === '1.03' ? 'SierraECG' : 'PhilipsECG'}</documenttype><documentversion>
${version}</documentversion></documentinfo><orderinfo priority=""><ordernumber>A-77</ordernumber></orderinfo>
<dataacquisition ${moment}><machine machineid="CART-12" detaildescription="Philips Medical Products:860306:B.01.02">PageWriter TC70</machine>
<signalcharacteristics><samplingrate>${rhythm.samplingFrequency}</samplingrate>${signal}<bitspersample>16</bitspersample><signaloffset>0</signaloffset></signalcharacteristics></dataacquisition>
<patient><generalpatientdata><patientid>${trace.patient.id}</patientid><name><lastname>${escaped(last ?? '')}</lastname><firstname>${escaped(first ?? '')}</firstname></name>
<age><dateofbirth>${birth}</dateofbirth></age><sex>${trace.patient.sex === 'F' ? 'Female' : 'Male'}</sex></generalpatientdata></patient>
${version === '1.03' ? global : interpretation}
<waveforms>${parsed(rhythm, options)}${beats(median, options)}</waveforms></restingecgdata>`;
}
