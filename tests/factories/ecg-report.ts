import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { completeTrace } from '@lianzhen/ecg/complete-leads.ts';
import { diagnosticFilter, filterSignal } from '@lianzhen/ecg/signal/filter.ts';
import { leadMicrovolts } from '@lianzhen/ecg/signal/microvolts.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { ReportTrace } from '../../workers/reporting/read-trace.ts';
import { countyHospital, reportContent } from './report-content.ts';

const id = (tail: number) => `018f0000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const study = '1.2.826.0.1.3680043.10.1.7';

/** What an electrocardiogram's report says besides its text; `changes` replace whole fields. */
export function ecgPart(changes: Partial<EcgPart> = {}): EcgPart {
  return {
    traceId: id(70),
    sopInstanceUid: `${study}.1.1`,
    studyInstanceUid: study,
    acquiredAt: '2026-03-02T08:05:00.250+08:00',
    numbers: {
      ...{ heartRate: 72.4, rrMs: 829, pMs: 104, prMs: 158, qrsMs: 92, qtMs: 388, qtcMs: 426, qtcFormula: 'bazett' },
      ...{ pAxis: 48, qrsAxis: -12.6, tAxis: 35, rv5Uv: 1432, sv1Uv: -871 },
    },
    numbersBy: 'person',
    statements: [
      { code: 'SR', zh: '窦性心律', en: 'Sinus rhythm' },
      { code: 'LAD', zh: '电轴左偏', en: 'Left axis deviation' },
    ],
    comparison: '与 2025 年 11 月比较无明显变化。',
    comparedWith: { traceId: id(71), acquiredAt: '2025-11-03T09:00:00', facilityName: '柳溪镇卫生院' },
    ...changes,
  };
}

/** A signed final report of one 12-lead electrocardiogram. */
export function ecgReport(changes: Partial<ReportContent> = {}): ReportContent {
  const { exams } = reportContent();
  return reportContent({
    exams: exams.slice(0, 1).map((exam) => ({
      ...exam,
      ...{ examCode: 'ECG-12', examName: '十二导联心电图', modality: 'ECG', bodyPart: 'HEART', laterality: null },
      studies: exam.studies.map((one) => ({
        ...one,
        ...{ studyInstanceUid: study, modalities: ['ECG'], instanceCount: 1 },
      })),
    })),
    centre: { id: id(41), name: '心电诊断中心', line: 'ecg', facility: countyHospital },
    ecg: ecgPart(),
    findings: '窦性心律，电轴轻度左偏。',
    impression: '1. 窦性心律\n2. 电轴左偏',
    advice: '',
    ...changes,
  });
}

/** Ten seconds of a synthetic heart in twelve leads, as the worker that renders a report has read them. */
export function recordedTrace(): Extract<ReportTrace, { kind: 'recording' }> {
  const trace = completeTrace(syntheticTrace({ leads: ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] }));
  const [recording] = trace.recordings;
  if (!recording) throw new Error('a synthetic trace has a recording');
  const { leads, samplingFrequency, startMs } = recording;
  return {
    ...{ kind: 'recording', filter: diagnosticFilter, startMs, durationMs: 10_000, device: trace.device },
    leads: leads.map((lead) => ({
      ...{ code: lead.code, derived: lead.derived, samplingFrequency, startMs },
      samples: Float32Array.from(filterSignal(leadMicrovolts(lead), samplingFrequency, diagnosticFilter)),
    })),
  };
}
