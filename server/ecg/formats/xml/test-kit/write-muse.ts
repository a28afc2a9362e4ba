import { crc32 } from 'node:zlib';
import type { Lead, Recording, Trace } from '../../../trace.ts';
import { escaped, int16, wrapped } from './write-xml.ts';

const stored = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

function leadData({ code, samples, gain }: Lead): string {
  const bytes = int16(samples);
  return `<LeadData><LeadByteCountTotal>${bytes.length}</LeadByteCountTotal><LeadTimeOffset>0</LeadTimeOffset>
<LeadSampleCountTotal>${samples.length}</LeadSampleCountTotal><LeadAmplitudeUnitsPerBit>${gain}</LeadAmplitudeUnitsPerBit>
<LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits><LeadHighLimit>32767</LeadHighLimit><LeadLowLimit>-32768</LeadLowLimit>
<LeadID>${code}</LeadID><LeadOffsetFirstSample>0</LeadOffsetFirstSample><FirstSampleBaseline>0</FirstSampleBaseline>
<LeadSampleSize>2</LeadSampleSize><LeadOff>FALSE</LeadOff><LeadDataCRC32>${crc32(bytes)}</LeadDataCRC32>
<WaveFormData>
${wrapped(bytes)}
</WaveFormData></LeadData>`;
}

function waveform(recording: Recording): string {
  const leads = recording.leads.filter(({ code }) => stored.includes(code));
  return `<Waveform><WaveformType>${recording.kind === 'median' ? 'Median' : 'Rhythm'}</WaveformType><WaveformStartTime>0</WaveformStartTime>
<NumberofLeads>${leads.length}</NumberofLeads><SampleType>CONTINUOUS_SAMPLES</SampleType><SampleBase>${recording.samplingFrequency}</SampleBase>
<SampleExponent>0</SampleExponent><HighPassFilter>5</HighPassFilter><LowPassFilter>150</LowPassFilter><ACFilter>50</ACFilter>
${leads.map(leadData).join('\n')}</Waveform>`;
}

/** A trace as GE MUSE exports it: eight leads, the median before the rhythm, a document type that is not declared inside. */
export function writeMuse(trace: Trace): string {
  const [year, month, day] = trace.patient.birthDate?.match(/^(\d{4})(\d{2})(\d{2})$/)?.slice(1) ?? [];
  const [last, first] = (trace.patient.name ?? '').split('^');
  const acquired = trace.acquiredAt ?? '';
  const waveforms = [...trace.recordings].reverse().map(waveform).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE RestingECG SYSTEM "restecg.dtd">
<RestingECG>
<MuseInfo><MuseVersion>9.0.9.18167</MuseVersion></MuseInfo>
<PatientDemographics><PatientID>${trace.patient.id}</PatientID><DateofBirth>${month}-${day}-${year}</DateofBirth>
<Gender>${trace.patient.sex === 'F' ? 'FEMALE' : 'MALE'}</Gender><PatientLastName>${escaped(last ?? '')}</PatientLastName><PatientFirstName>${escaped(first ?? '')}</PatientFirstName></PatientDemographics>
<TestDemographics><AcquisitionDevice>MAC55</AcquisitionDevice><AcquisitionTime>${acquired.slice(11, 19)}</AcquisitionTime>
<AcquisitionDate>${acquired.slice(5, 7)}-${acquired.slice(8, 10)}-${acquired.slice(0, 4)}</AcquisitionDate><CartNumber>56</CartNumber>
<AcquisitionSoftwareVersion>010B</AcquisitionSoftwareVersion></TestDemographics>
<RestingECGMeasurements><VentricularRate>75</VentricularRate><PRInterval>160</PRInterval><QRSDuration>90</QRSDuration><QTInterval>380</QTInterval>
<QTCorrected>425</QTCorrected><PAxis>51</PAxis><RAxis>-20</RAxis><TAxis>40</TAxis><POnset>174</POnset><POffset>224</POffset>
<ECGSampleBase>500</ECGSampleBase><ECGSampleExponent>0</ECGSampleExponent></RestingECGMeasurements>
<Diagnosis><Modality>RESTING</Modality><DiagnosisStatement><StmtText>Sinus rhythm with</StmtText></DiagnosisStatement>
<DiagnosisStatement><StmtFlag>USERINSERT</StmtFlag><StmtFlag>ENDSLINE</StmtFlag><StmtText>occasional ectopy</StmtText></DiagnosisStatement>
<DiagnosisStatement><StmtFlag>ENDSLINE</StmtFlag><StmtText>Abnormal &lt;ECG&gt;</StmtText></DiagnosisStatement></Diagnosis>
<QRSTimesTypes><GlobalRR>800</GlobalRR></QRSTimesTypes>
${waveforms}</RestingECG>`;
}
