import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import type { QualityCode } from '@lianzhen/contracts/ecg-measurements.ts';
import type { TraceFormat, TraceWarningCode } from '@lianzhen/ecg/trace.ts';

type Pair = readonly [zh: string, en: string];

/** What the codes of electrocardiograms are called by people. */
export const ecgNames = {
  traceFormat: {
    dicom: ['DICOM', 'DICOM'],
    'scp-ecg': ['SCP-ECG', 'SCP-ECG'],
    'hl7-aecg': ['HL7 aECG', 'HL7 aECG'],
    'philips-xml': ['Philips XML', 'Philips XML'],
    'muse-xml': ['GE MUSE XML', 'GE MUSE XML'],
    picture: ['图片', 'Picture'],
  } satisfies Record<TraceFormat, Pair>,
  ecgQuality: {
    'lead-off': ['导联脱落', 'Lead off'],
    'reversed-arm-leads': ['左右手可能接反', 'Arm leads may be reversed'],
    'mains-hum': ['交流电干扰', 'Mains hum'],
    'baseline-wander': ['基线漂移', 'Baseline wander'],
    noise: ['肌电干扰', 'Muscle noise'],
    saturation: ['信号超出量程', 'Out of range'],
    'too-short': ['采集时间太短', 'Too short'],
  } satisfies Record<QualityCode, Pair>,
  statementGroup: {
    rhythm: ['心律', 'Rhythm'],
    conduction: ['传导', 'Conduction'],
    axis: ['电轴与电压', 'Axis and voltage'],
    chamber: ['房室肥大', 'Chambers'],
    infarction: ['梗死', 'Infarction'],
    'st-t': ['ST-T', 'ST-T'],
    interval: ['间期', 'Intervals'],
    pacing: ['起搏', 'Pacing'],
    quality: ['质量', 'Quality'],
    summary: ['总结', 'Summary'],
  } satisfies Record<StatementView['group'], Pair>,
  traceWarning: {
    'crc-wrong': ['校验和不符', 'Wrong checksum'],
    'length-wrong': ['长度不符', 'Wrong length'],
    'section-skipped': ['有一部分未读取', 'A part was not read'],
    'lead-unknown': ['未知的导联名称', 'Unknown lead name'],
    'lead-missing': ['缺少导联', 'Lead missing'],
    'leads-unequal': ['各导联长度不一', 'Leads of unequal length'],
    'gain-unusual': ['增益异常', 'Unusual gain'],
    'rate-unusual': ['采样率异常', 'Unusual sampling rate'],
    'samples-missing': ['缺少部分波形', 'Samples missing'],
    'derived-disagrees': ['推算导联与记录不符', 'Computed leads disagree with the recorded ones'],
    'time-unreadable': ['时间无法读取', 'Time unreadable'],
    'text-unreadable': ['文字无法读取', 'Text unreadable'],
    'not-measurable': ['不能测量', 'Not measurable'],
  } satisfies Record<TraceWarningCode, Pair>,
};
