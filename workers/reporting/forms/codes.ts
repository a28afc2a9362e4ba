import type { ReportContent } from '@lianzhen/contracts/reporting.ts';

export interface Code {
  code: string;
  text: string;
}
type Line = ReportContent['centre']['line'];

/** The kind of document. Source: LOINC (18748-4 is the one that receivers of imaging results look for). */
export const documentCodes: Record<Line, Code> = {
  imaging: { code: '18748-4', text: 'Diagnostic imaging study' },
  ecg: { code: '11524-6', text: 'EKG study' },
  pathology: { code: '11526-1', text: 'Pathology study' },
  laboratory: { code: '11502-2', text: 'Laboratory report' },
  consultation: { code: '11488-4', text: 'Consult note' },
};
/** The diagnostic service. Source: HL7 table 0074. */
export const serviceCodes: Record<Line, string> = {
  imaging: 'RAD',
  ecg: 'EC',
  pathology: 'SP',
  laboratory: 'LAB',
  consultation: 'OTH',
};
/** The parts of a report. Source: LOINC. */
export const findingsCode: Code = { code: '59776-5', text: 'Procedure findings' };
export const adviceCode: Code = { code: '18783-1', text: 'Study recommendation' };
const impressions: Partial<Record<Line, Code>> = {
  ecg: { code: '18844-1', text: 'EKG impression' },
  pathology: { code: '22637-3', text: 'Pathology report final diagnosis' },
};
export const impressionCode = (line: Line): Code =>
  impressions[line] ?? { code: '19005-8', text: 'Imaging study impression' };

/** The parts of a consultation's opinion. Source: LOINC (51848-0 evaluation note, 51847-2 evaluation and plan, 18776-5 plan). */
export const opinionCodes = {
  findings: { code: '51848-0', text: '会诊所见 Evaluation note' },
  opinion: { code: '51847-2', text: '会诊意见 Evaluation and plan note' },
  advice: { code: '18776-5', text: '处理建议 Plan of care note' },
} as const satisfies Record<string, Code>;

/** Codes of the hub's own, for what no public list names. */
export const localSystem = '99LIANZHEN';
export const localCodes = {
  polarity: { code: 'POLARITY', text: '阴阳性' },
  critical: { code: 'CRITICAL', text: '危急值' },
  criticalText: { code: 'CRITICAL-TEXT', text: '危急值内容' },
  version: { code: 'REPORT-VERSION', text: '报告版本' },
  replaces: { code: 'REPLACES-VERSION', text: '替代版本' },
  amendmentReason: { code: 'AMENDMENT-REASON', text: '更正原因' },
  identityCorrectedAt: { code: 'IDENTITY-CORRECTED-AT', text: '患者身份更正时间' },
  mark: { code: 'CONSULTATION-MARK', text: '会诊标注与测量' },
  evidenceObject: { code: 'EVIDENCE-OBJECT', text: '会诊证据对象 SOP Instance UID' },
  ecgStatement: { code: 'ECG-STATEMENT', text: '心电诊断语句' },
  ecgTrace: { code: 'ECG-TRACE', text: '心电图 SOP Instance UID' },
  ecgMeasuredBy: { code: 'ECG-MEASURED-BY', text: '测量方式' },
  ecgComparison: { code: 'ECG-COMPARISON', text: '与前次心电图比较' },
  evidencePlace: { code: 'EVIDENCE-PLACE', text: '会诊证据对象所在' },
  contentHash: { code: 'CONTENT-HASH', text: '内容摘要 SHA-256' },
} as const satisfies Record<string, Code>;

/** HL7 table 0123 (OBR-25) and 0085 (OBX-11) agree for these. */
const resultStatuses: Record<ReportContent['kind'], 'P' | 'F' | 'C'> = {
  preliminary: 'P',
  final: 'F',
  corrected: 'C',
};
/** What a receiver is told: a final report that comes again with another patient corrects the one it has. */
export const statusOf = ({ kind, identityCorrection }: ReportContent): ReportContent['kind'] =>
  kind === 'final' && identityCorrection ? 'corrected' : kind;
export const resultStatus = (content: ReportContent): 'P' | 'F' | 'C' => resultStatuses[statusOf(content)];
/** When what is sent became what it is: signed, or put under the right patient. */
export const issuedAt = (content: ReportContent): string => content.identityCorrection?.at ?? content.signedAt;
